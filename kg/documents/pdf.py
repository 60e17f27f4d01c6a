"""stub"""
def read_pdf(path, data, is_noise, starts_item): raise NotImplementedError
