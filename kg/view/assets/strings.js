// The words of the interface in both languages.

/** Return the interface's words; `say(key, values)` gives a phrase with `{name}` filled in. */
export function makeStrings(dictionary) {
  let language = ownLanguage();
  return {
    get language() {
      return language;
    },
    /** Take `wanted` (zh or en), or the browser's language where it is empty. */
    use(wanted) {
      language = wanted || ownLanguage();
    },
    /** Return the phrase for `key`, or `fallback`, in the language in use. */
    say(key, values = {}, fallback = key) {
      const phrase = (Object.hasOwn(dictionary, key) && dictionary[key][language]) || fallback;
      return phrase.replace(/\{(\w+)\}/g, (slot, name) => String(values[name] ?? slot));
    },
    /** Return a word in both languages, the one in use first: 牵头 lead. */
    both(key) {
      const words = dictionary[key];
      if (!words) return key;
      return language === "zh" ? `${words.zh} ${words.en}` : `${words.en} ${words.zh}`;
    },
    /** Return the name of a node: its English one where there is one and it is asked for. */
    name(node) {
      return language === "en" && node.english ? `${node.english} ${node.label}` : node.label;
    },
    /** Return the short name of a node for a row. */
    short(node) {
      return language === "en" && node.english ? node.english : node.short;
    },
    /** Return the name of a group or community that bears both languages. */
    title({ zh, en, words }) {
      if (words) return this.say(words);
      return language === "en" && en ? en : zh;
    },
    /** Return a number as it is written in the language in use. */
    number(value) {
      return FIGURES.format(value);
    },
  };
}

const FIGURES = new Intl.NumberFormat("en-GB"); // Chinese writes the same separators

/** Return the language of the browser. */
export function ownLanguage() {
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}
