"""What a document says of itself: who signs it and when, its title and number, labels, the site it stands on."""

from __future__ import annotations

import pytest
from conftest import ROOT
from pyoxigraph import RdfFormat, Store

from kg.documents.fields import find_signature
from kg.documents.read import read_document
from kg.extractors.agencies.jurisdiction import JurisdictionReader
from kg.extractors.reader import Reader
from kg.extractors.regions.find import RegionFinder
from kg.graph.documents import legal_classes
from kg.graph.namespaces import term
from kg.lexicons import Lexicons
from kg.lexicons.documents import OTHER
from kg.model.document import Document
from kg.text.fold import fold

BODY = "各市、县人民政府，省政府各部门：\n现将方案印发给你们，请认真组织实施。"

ROWS = [
    (
        f"{BODY}\n苏州市人民政府办公室\n2024年4月18日\n附件\n一、总体要求。到2025年12月31日完成。",
        ("苏州市人民政府办公室", "2024-04-18"),
        "below the notice, above its attachment",
    ),
    (f"{BODY}\n湖北省人民政府办公厅 2023年6月1日", ("湖北省人民政府办公厅", "2023-06-01"), "on one line"),
    (
        f"{BODY}\n浙江省财政厅　浙江省民政厅\n2022年11月3日",
        ("浙江省财政厅 浙江省民政厅", "2022-11-03"),
        "two on a line",
    ),
    (
        f"{BODY}\n市场监管总局办公厅\n工业和信息化部办公厅\n2022年4月13日\n附件1",
        ("市场监管总局办公厅 工业和信息化部办公厅", "2022-04-13"),
        "two lines above one day",
    ),
    ("上海市人民政府：\n来函收悉。\n科 技 部\n2019年5月22日", ("科技部", "2019-05-22"), "blanks inside a name"),
    (
        f"{BODY}\n宁夏回族自治区人民政府\n二〇二一年九月二十一日",
        ("宁夏回族自治区人民政府", "2021-09-21"),
        "signs for figures",
    ),
    (f"{BODY}\n安溪县人民政府办公室\n二○二三年十月十日", ("安溪县人民政府办公室", "2023-10-10"), "a circle for nought"),
    (f"{BODY}\n（此件公开发布）\n2020年3月2日", ("", "2020-03-02"), "a day at the foot without a name"),
    (f"{BODY}\n广东省人民政府办公厅2022年6月24日印发", ("广东省人民政府办公厅", "2022-06-24"), "the printer's line"),
    (
        f"{BODY}\n一、实施范围。\n二、期限。\n三、自2024年1月1日起施行。\n四、其他。\n五、附则。\n六、说明。\n七、解释。",
        ("", ""),
        "a day inside a sentence",
    ),
    (f"{BODY}\n一、加强建设。\n西部\n2024年5月1日", ("", "2024-05-01"), "a word that ends as a ministry does"),
    (f"{BODY}\n甲公司代表张三\n2024年13月40日", ("", ""), "no day of any year"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS, ids=[row[2] for row in ROWS])
def test_signatures(text: str, expected: tuple[str, str], reason: str, lexicons: Lexicons) -> None:
    found = find_signature(text.split("\n"), lexicons.documents)
    assert (found.issuer, found.day) == expected, reason


def _read(raw: str, lexicons: Lexicons) -> Document:
    return read_document("plain.txt", raw, lexicons.documents, lexicons.numbering.starts_item)[0]


LAWS = [
    (
        "2017年8月10日 嘉兴市第八届人民代表大会常务委员会第二次会议通过\n"
        "2017年9月30日 浙江省第十二届人民代表大会常务委员会第四十四次会议批准",
        ("嘉兴市人民代表大会常务委员会", "2017-08-10", ""),
        "who passed it, not who approved it",
    ),
    (
        "（2005年8月23日中华人民共和国国务院令第444号公布　自2005年9月1日起施行）",
        ("国务院", "2005-08-23", "国务院令第444号"),
        "a decree and its number",
    ),
    (
        "1995年2月24日 中华人民共和国国务院、中华人民共和国中央军事委员会令第173号发布",
        ("国务院 中央军事委员会", "1995-02-24", "国务院、中央军事委员会令第173号"),
        "two that decree together",
    ),
    ("2001年9月18日国土资源部第5次部务会议通过", ("国土资源部", "2001-09-18", ""), "a meeting of a ministry"),
    (
        "2010年3月11日 第十一届全国人民代表大会第三次会议修订",
        ("全国人民代表大会", "2010-03-11", ""),
        "the country's congress",
    ),
    (
        "2003年11月8日 最高人民法院审判委员会第1290次会议通过",
        ("最高人民法院", "2003-11-08", ""),
        "the committee of a court",
    ),
    (
        "2016年2月3日 国务院第122次常务会议通过\n2016年3月10日 中华人民共和国国务院令第667号公布",
        ("国务院", "2016-03-10", "国务院令第667号"),
        "a decree of what a meeting of the same body agreed to",
    ),
    (
        "1989年2月10日 国务院批准\n1989年3月6日 卫生部令第2号公布",
        ("卫生部", "1989-03-06", "卫生部令第2号"),
        "who approved it stands first",
    ),
    ("2012年7月1日 施行", ("", "", ""), "the day it comes into force says nobody"),
    (
        "《养蜂条例》已经2021年3月5日海南省人民政府第3次常务会议审议通过，现印发给你们。",
        ("", "", ""),
        "a notice says who agreed to it, not who issues it",
    ),
    ("2024年3月5日，市政府第三次常务会议审议通过了方案，由市民政局公布。", ("", "", ""), "a sentence"),
]


@pytest.mark.parametrize(("line", "expected", "reason"), LAWS, ids=[row[2] for row in LAWS])
def test_who_passed_a_law(line: str, expected: tuple[str, str, str], reason: str, lexicons: Lexicons) -> None:
    document = _read(f"养蜂条例\n{line}\n第一章 总则\n第一条 为了加强管理，制定本条例。", lexicons)
    assert (document.issuer, document.date, document.number) == expected, reason


ISSUERS = [
    ("民政部 财政部关于开展试点工作的通知\n一、试点目标。", "民政部 财政部", "before 关于 in the title"),
    ("中共中央 国务院关于促进民营经济发展壮大的意见\n一、总体要求。", "中共中央 国务院", "the party first"),
    ("关于加快农业保险发展的意见\n一、总体要求。\n陕西省财政厅\n2023年1月9日", "陕西省财政厅", "by its signature"),
    (
        "---\nissuer: 福建省人民政府\n---\n方案如下。\n福建省商务厅\n2023年1月9日",
        "福建省人民政府",
        "metadata goes first",
    ),
    (
        "---\nissuer_en: State Council\n---\n现函复如下。\n科技部\n2023年1月9日",
        "科技部",
        "its own line before an English name",
    ),
    ("加强关于安全的工作方案\n一、总体要求。", "", "no body before 关于"),
    ("浙江省人民政府办公厅文件\n关于印发养老方案的通知\n一、总体要求。", "浙江省人民政府办公厅", "whose paper it is"),
    ("浙江省人民政府办公厅\n关于印发养老方案的通知\n一、总体要求。", "浙江省人民政府办公厅", "the line above 关于"),
    ("关于养老的通知\n各镇：\n现通知如下。\n天台县政府办\n2021年3月5日", "天台县政府办", "a short name signs"),
    ("关于养老的通知\n各镇：\n现通知如下。\n天台县民政局（盖章）\n2021年3月5日", "天台县民政局", "a seal"),
    (
        "关于转发《安全生产法》的通知\n现转发给你们。\n天台县应急管理局\n2021年9月5日\n安全生产法\n"
        "2002年6月29日第九届全国人民代表大会常务委员会第二十八次会议通过",
        "天台县应急管理局",
        "who passed the law that it prints did not issue the notice",
    ),
    ("中华人民共和国国务院令\n第667号\n养蜂条例\n第一条 为了养蜂，制定本条例。", "国务院", "the head of a decree"),
    ("养老方案\n一、总体要求。\n市政府办法律顾问\n2021年3月5日", "", "no body, though one begins so"),
    ("各镇人民政府：\n养老方案\n一、总体要求。", "", "whom it is for stands above the title"),
]


@pytest.mark.parametrize(("raw", "issuer", "reason"), ISSUERS, ids=[row[2] for row in ISSUERS])
def test_issuers(raw: str, issuer: str, reason: str, lexicons: Lexicons) -> None:
    assert _read(raw, lexicons).issuer == issuer, reason


def test_the_day_of_a_plain_text_is_that_of_its_signature(lexicons: Lexicons) -> None:
    text = "苏府办〔2024〕12号\n关于印发绿色金融实施方案的通知\n现印发给你们。\n苏州市人民政府办公室\n2024年4月18日"
    document = _read(text, lexicons)
    assert (document.number, document.issuer, document.date) == (
        "苏府办〔2024〕12号",
        "苏州市人民政府办公室",
        "2024-04-18",
    )


CITY, PROVINCE = "全市银行机构要加大投放，市财政局安排资金。", "全省银行机构要加大投放，省财政厅安排资金。"
PLACES = [
    ("苏府办〔2024〕12号", CITY, "苏州市", "苏 is Jiangsu's too, the text speaks of a city"),
    ("苏政办发〔2024〕12号", PROVINCE, "江苏省", "the same character, a province's text"),
    ("杭政办〔2023〕5号", CITY, "杭州市", "no province has the character"),
    ("杭政办〔2023〕5号", "", "", "an initial alone tells no place"),
    ("青政办发〔2022〕8号", CITY, "青岛市", "a city's own abbreviation"),
    ("青政办发〔2022〕8号", PROVINCE, "青海省", "the province's"),
    (
        "粤府办〔2021〕9号",
        CITY + "佛山市各区，佛山市各镇。",
        "佛山市",
        "within the province, the city that the text names",
    ),
    ("粤府办〔2021〕9号", CITY, "广东省", "no city told"),
    ("银发〔2023〕2号", CITY, "", "not a government's number"),
    (
        "（无）",
        "市场监管总局办公厅\n工业和信息化部办公厅\n2022年4月13日",
        "中华人民共和国",
        "offices of central bodies sign",
    ),
    ("国办发〔2023〕2号", CITY, "中华人民共和国", "the centre's"),
]


@pytest.mark.parametrize(("number", "text", "place", "reason"), PLACES, ids=[f"{row[0]}-{row[3]}" for row in PLACES])
def test_places_told_by_a_number(number: str, text: str, place: str, reason: str, lexicons: Lexicons) -> None:
    document = _read(f"{number}\n关于印发绿色金融实施方案的通知\n现印发给你们。{text}", lexicons)
    reader = JurisdictionReader(
        lexicons.jurisdictions, lexicons.agencies, lexicons.regions, RegionFinder(lexicons.regions)
    )
    region = reader.find(document, fold(document.quote(document.span)))
    assert (region.name if region else "") == place, reason


PAGE = """<!DOCTYPE html><html><head><title>某省出台措施</title>{meta}</head><body>
<p>来源：{source}　发布时间：2024-03-05</p><p>记者3月5日获悉，某省将设立绿色金融风险补偿资金。</p></body></html>"""
CONTENT_SOURCE = '<meta name="ContentSource" content="陕西日报">'
PUBLISHERS = [
    (CONTENT_SOURCE, "本网", "陕西日报", "the page calls itself its source"),
    (CONTENT_SOURCE, "西安晚报", "西安晚报", "the page names another"),
    ("", "本网", "本网", "nobody says more"),
]


@pytest.mark.parametrize(("meta", "source", "publisher", "reason"), PUBLISHERS, ids=[row[3] for row in PUBLISHERS])
def test_publishers_of_pages(meta: str, source: str, publisher: str, reason: str, lexicons: Lexicons) -> None:
    assert _read(PAGE.format(meta=meta, source=source), lexicons).publisher == publisher, reason


ITEMS = "\n\n一、县财政局负责资金保障。\n二、县审计局负责监督。"
# the head of a plain text, title, number, issuer, day of publication, reason
HEADS = [
    (
        "丹政发〔2022〕9号\n丹东市人民政府关于养老的通知\n各县人民政府：",
        "丹东市人民政府关于养老的通知",
        "丹政发〔2022〕9号",
        "丹东市人民政府",
        "",
        "the number first",
    ),
    (
        "丹政发〔2022〕9号\n各县人民政府，各委办局：\n丹东市养老服务方案",
        "丹东市养老服务方案",
        "丹政发〔2022〕9号",
        "",
        "",
        "the number and whom it is for first",
    ),
    (
        "返回顶部\n镇远县人民政府工作规则\n发文字号：镇政发〔2024〕7号",
        "镇远县人民政府工作规则",
        "镇政发〔2024〕7号",
        "",
        "",
        "a button first",
    ),
    ("文章属性\n镇远县人民政府工作规则", "镇远县人民政府工作规则", "", "", "", "the head of a box"),
    (
        "汕头市养老方案\n文  号： 汕府办函〔2021〕86号 信息时效期：2021-01-01",
        "汕头市养老方案",
        "汕府办函〔2021〕86号",
        "",
        "",
        "blanks inside a label, another label behind the number",
    ),
    (
        "台州市养老方案\n文号 台政办发〔2017〕 88号",
        "台州市养老方案",
        "台政办发〔2017〕88号",
        "",
        "",
        "no colon, a blank inside",
    ),
    (
        "娄底市养老方案\n文号：娄政办发〔2018〕12号 统一登记号：LDCR-2018-01001",
        "娄底市养老方案",
        "娄政办发〔2018〕12号",
        "",
        "",
        "a registration number behind it",
    ),
    (
        "绍兴市古树保护条例\n【制定机关】绍兴市人民代表大会常务委员会\n【公布日期】2020-10-12",
        "绍兴市古树保护条例",
        "",
        "绍兴市人民代表大会常务委员会",
        "2020-10-12",
        "labels in brackets",
    ),
    (
        "镇远县人民政府工作规则\n发布时间\n2024-05-06",
        "镇远县人民政府工作规则",
        "",
        "",
        "2024-05-06",
        "the value on the next line",
    ),
    (
        "镇远县人民政府工作规则\n发布时间：2024-05-06 10:20",
        "镇远县人民政府工作规则",
        "",
        "",
        "2024-05-06",
        "with the hour",
    ),
    (
        "索引号 123 发文字号 赣府发〔2021〕3号 发布日期 2021-03-01\n江西省养老方案",
        "江西省养老方案",
        "赣府发〔2021〕3号",
        "",
        "2021-03-01",
        "labels on one line without colons",
    ),
    ("# 镇远县人民政府工作规则", "镇远县人民政府工作规则", "", "", "", "a mark of Markdown"),
    (
        "国务院办公厅关于养蜂的通知_中国政府网\n各省人民政府：",
        "国务院办公厅关于养蜂的通知",
        "",
        "国务院办公厅",
        "",
        "the site behind",
    ),
    ("镇远县发布时间管理规定", "镇远县发布时间管理规定", "", "", "", "a word that is a label elsewhere"),
    *(
        (
            head,
            "浙江省人民政府办公厅关于养老的通知",
            number,
            "浙江省人民政府办公厅",
            "",
            reason,
        )
        for head, number, reason in (
            ("浙政办发 〔2021〕 9 号\n浙江省人民政府办公厅关于养老的通知", "浙政办发〔2021〕9号", "blanks in a number"),
            ("浙政办发【2021】9号\n浙江省人民政府办公厅关于养老的通知", "浙政办发【2021】9号", "other brackets"),
            ("浙江省人民政府办公厅关于养老的通知（浙政办发〔2021〕9号）", "浙政办发〔2021〕9号", "behind the title"),
            ("浙江省人民政府办公厅关于养老的通知 浙政办发〔2021〕9号", "浙政办发〔2021〕9号", "after a blank"),
            ("浙江省人民政府办公厅关于养老的通知\n（浙政办发〔2021〕9号）", "浙政办发〔2021〕9号", "in brackets below"),
            ("浙政办发〔2021〕9号 浙江省人民政府办公厅关于养老的通知", "浙政办发〔2021〕9号", "before the title"),
            ("浙江省人民政府办公厅关于养老的通知--政策法规--浙江新闻网", "", "two names of a site behind"),
        )
    ),
    (
        "国务院关于废止国发〔2018〕3号的决定",
        "国务院关于废止国发〔2018〕3号的决定",
        "",
        "国务院",
        "",
        "a number inside the title is another's",
    ),
    ("镇远县养老方案\n文号另行编制", "镇远县养老方案", "", "", "", "a label with no number"),
]


@pytest.mark.parametrize(("head", "title", "number", "issuer", "published", "reason"), HEADS)
def test_heads_of_plain_texts(
    head: str, title: str, number: str, issuer: str, published: str, reason: str, lexicons: Lexicons
) -> None:
    document = _read(head + ITEMS, lexicons)
    found = (document.title, document.number, document.issuer, document.published)
    assert found == (title, number, issuer, published), reason


PAGES = [
    (
        "<html><head><title>通知公告</title></head><body><p>江西省养蜂发展实施方案</p>",
        "江西省养蜂发展实施方案",
        "",
        "",
        "a title of the site",
    ),
    (
        "<html><head><title>Microsoft Word - 附件1.doc</title></head><body><p>江西省养蜂发展实施方案</p>",
        "江西省养蜂发展实施方案",
        "",
        "",
        "a title of the program",
    ),
    (
        "<html><head><title>关于养蜂的通知_其他_中国政府网</title><meta name='author' content='张三'></head><body>",
        "关于养蜂的通知",
        "中国政府网",
        "",
        "an editor publishes nothing",
    ),
    (
        "<html><head><title>关于校车的通知-镇远县人民政府</title></head><body>",
        "关于校车的通知",
        "镇远县人民政府",
        "",
        "the site behind the title",
    ),
    (
        "<html><head><meta property='og:title' content='养蜂方案'>"
        "<meta property='og:site_name' content='微信公众平台'></head><body>"
        "<a id='js_name'> 江西财政 </a><em id='publish_time'></em>"
        "<script>var createTime = '2023-05-06 10:20';</script>",
        "养蜂方案",
        "江西财政",
        "2023-05-06",
        "an account and a script",
    ),
    (
        "<html><head><title>养蜂方案</title></head><body><div id='js_article'><a id='js_name'>江西财政</a></div>"
        '<script>var ct = "1683339600";</script>',
        "养蜂方案",
        "江西财政",
        "2023-05-06",
        "seconds in a script",
    ),
]


@pytest.mark.parametrize(("head", "title", "publisher", "published", "reason"), PAGES)
def test_heads_of_pages(head: str, title: str, publisher: str, published: str, reason: str, lexicons: Lexicons) -> None:
    document = _read(f"{head}<p>各市：</p><p>一、省财政厅负责资金。</p></body></html>", lexicons)
    assert (document.title, document.publisher, document.published) == (title, publisher, published), reason


def test_a_time_on_the_page_stands_in_for_a_broken_date(lexicons: Lexicons) -> None:
    front = "---\ntitle: 某报道\nauthor: 某网\ndate: Invalid Date\n---\n"
    document = _read(front + '<span class="time">2021-07-24 16:45:59</span><p>记者获悉，会议召开。</p>', lexicons)
    assert (document.published, document.text) == ("2021-07-24", "记者获悉，会议召开。")


def test_a_bare_issuer_is_the_sites(reader: Reader, lexicons: Lexicons) -> None:
    page = (
        "<html><head><title>关于校车的通知-镇远县人民政府</title></head><body><p>发布机构：县政府办</p>"
        "<p>各镇人民政府：</p><p>一、县财政局负责资金。</p></body></html>"
    )
    (reading,) = reader.read([_read(page, lexicons)])
    assert [actor.name for actor in reading.actors] == ["黔东南苗族侗族自治州镇远县政府办"]


def test_an_answer_to_a_deputy_is_a_letter_with_its_day_and_no_news(lexicons: Lexicons) -> None:
    answer = "国务院办公厅对第4626号提案的答复\n{number}\n王委员：\n现答复如下。\n国务院办公厅\n二〇〇六年十月十八日"
    letter = _read(answer.format(number="国办函〔2006〕82号"), lexicons)
    assert (letter.kind, letter.type, letter.date) == ("policy", "reply", "2006-10-18")
    assert _read("局长对热点问题的答复\n问：怎么办？\n答：正在办。", lexicons).kind == "news", "no number, no proposal"


# title with lines of the text below, kind, type, reason
TYPES = [
    ("国务院关于印发国家职业教育改革实施方案的通知", "policy", "plan", "what it prints"),
    ("关于转发《省政府办公厅关于印发〈养老行动计划（2021—2023年）〉的通知》的通知", "policy", "plan", "printed twice"),
    ("国务院办公厅转发民政部关于清理整顿社会团体意见的通知", "policy", "opinions", "what it forwards, without marks"),
    ("国务院关于印发《国务院工作规则》的通知", "policy", "measures", "rules"),
    ("国务院关于河北雄安新区总体规划（2018—2035年）的批复", "policy", "reply", "a reply on a programme"),
    ("国务院办公厅关于科技节水建议的复函", "policy", "reply", "a letter"),
    ("关于推行电子投标保函的通知", "policy", "notice", "a bond is no letter"),
    ("关于落实《养老行动计划》的通知", "policy", "notice", "carries out a plan and prints none"),
    ("关于公布《养老办法》实施情况的通知", "policy", "notice", "publishes how it went"),
    ("关于做好养老规划编制工作的通知", "policy", "notice", "how to write a programme"),
    ("国务院关于修改《养蜂条例》的决定", "policy", "decision", "amends a regulation"),
    ("关于公开征求《养蜂条例（征求意见稿）》意见的公告", "policy", "draft", "asks for comments"),
    ("智能船舶标准体系建设指南\n（二次征求意见稿）\n一、总体要求", "policy", "draft", "the note on a line of its own"),
    ("关于做好意见征集工作制度建设的通知", "policy", "notice", "speaks of comments and asks for none"),
    ("GB/T 37988 数据安全能力成熟度模型", "policy", "standard", "a national standard"),
    ("国家智能制造标准体系建设指南（2021版）", "policy", "standard", "a guide"),
    ("智能网联汽车道路测试管理规范（试行）", "policy", "measures", "rules of administration are no standard"),
    ("关于提高最低工资标准的通知", "policy", "notice", "a rate is no standard"),
    ("2024年度科技专项申报指南", "policy", "pilot-call", "a guide for applicants"),
    ("关于组织开展智能工厂遴选推荐工作的通知", "policy", "pilot-call", "asks for nominations"),
    (
        "关于开展养老试点示范的通知\n一、试点内容\n二、申报条件",
        "policy",
        "pilot-call",
        "its sections are those of a call",
    ),
    ("关于开展养老试点示范的通知\n一、试点内容\n二、工作要求", "policy", "notice", "tells of a pilot and calls nobody"),
    ("个人所得税纳税申报管理办法", "policy", "measures", "returns are no applications"),
    ("2022年推进智慧水利建设工作要点", "policy", "work-points", "the points of a year"),
    ("关于支持自由贸易试验区深化改革若干措施的通知", "policy", "policy-package", "a notice of measures"),
    ("中华人民共和国个人所得税法实施条例", "policy", "law", "a regulation"),
    ("先进工作方法", "policy", "other", "a method is no law"),
    ("养老工作\n为了养老，制定本办法。", "policy", "measures", "what the text calls itself"),
    ("在全省科技大会上的讲话", "policy", "speech", "a speech"),
    ("关于学习贯彻讲话精神的通知", "policy", "notice", "about a speech"),
    ("某市出台养老行动方案", "news", "news", "news of a plan"),
    ("新闻联播（20220928）", "news", "digest", "many items"),
    ("某部新闻发布会文字实录", "news", "transcript", "a press conference"),
    ("Action Plan for Digital Commerce (2024-2026)", "policy", "plan", "in English"),
    (
        "Notice on Printing and Distributing the Guiding Opinions on Tourism",
        "policy",
        "opinions",
        "printed, in English",
    ),
]


@pytest.mark.parametrize(("text", "kind", "type_", "reason"), TYPES, ids=[row[3] for row in TYPES])
def test_types_of_documents(text: str, kind: str, type_: str, reason: str, lexicons: Lexicons) -> None:
    title, *lines = text.split("\n")
    assert lexicons.documents.type_of(kind, title, lines) == type_, reason


def test_every_type_is_a_concept_and_has_an_example(lexicons: Lexicons) -> None:
    """The examples of the rules are tried while the lexicon is loaded."""
    ontology = Store()
    ontology.bulk_load(path=str(ROOT / "ontology" / "ontology.ttl"), format=RdfFormat.TURTLE)
    quads = ontology.quads_for_pattern(None, term("skos:inScheme"), term("zc:DocumentTypes"))
    concepts = {str(quad.subject).rstrip(">").rpartition("#type-")[2] for quad in quads}
    rules = lexicons.documents.document_types
    assert {rule.type for rule in rules if rule.examples} | {OTHER} == concepts


@pytest.mark.parametrize("type_", ["draft", "standard", "reply", "news"])
def test_what_is_not_enacted_is_no_legal_resource(type_: str) -> None:
    assert "eli:LegalResource" not in legal_classes(type_)
    assert "eli:LegalResource" in legal_classes("measures")
