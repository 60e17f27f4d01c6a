// Text as the graph counts it: offsets are code points, JavaScript strings count UTF-16 units.

/** Return the index in `text` of its code point number `offset`. */
export function utf16Index(text, offset) {
  let index = 0;
  for (let passed = 0; passed < offset && index < text.length; passed += 1) {
    index += text.codePointAt(index) > 0xffff ? 2 : 1;
  }
  return index;
}

/** Return the first `length` code points of `text`, with an ellipsis where something is left out. */
export function clip(text, length) {
  if (text.length <= length) return text;
  const points = Array.from(text);
  return points.length <= length ? text : `${points.slice(0, length).join("")}…`;
}

/** Return `text` as search compares it: full-width as half-width, lower case, without blanks. */
export function fold(text) {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
}

/** Return `link` where it is a web address, else nothing: javascript: and the like never become links. */
export function webAddress(link) {
  try {
    return ["http:", "https:"].includes(new URL(link).protocol) ? link : "";
  } catch {
    return "";
  }
}

/** Return text before, in and after the quote, where the stretches of the source hold the quote at its offsets. */
export function cutQuote(excerpts, evidence) {
  const found = (excerpts ?? []).findLast(([start]) => start <= evidence.start);
  if (found) {
    const [start, text] = found;
    const first = utf16Index(text, evidence.start - start);
    const last = first + utf16Index(text.slice(first), evidence.end - evidence.start);
    if (text.slice(first, last) === evidence.quote) {
      return { before: text.slice(0, first), quote: evidence.quote, after: text.slice(last), cut: start > 0 };
    }
  }
  return { before: evidence.prefix ?? "", quote: evidence.quote, after: evidence.suffix ?? "", cut: true };
}

/** Compare two texts as Chinese readers expect: by pinyin where the browser knows it. */
export const compareText = new Intl.Collator("zh-CN", { numeric: true }).compare;
