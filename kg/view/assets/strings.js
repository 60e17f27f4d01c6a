// The words of the interface in both languages.

const LANGUAGES = ["zh", "en"];

/** Return the interface's words; `say(key, values)` gives a phrase with `{name}` filled in. */
export function makeStrings(dictionary) {
  let language = navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
  return {
    get language() {
      return language;
    },
    /** Change to the other language. */
    toggle() {
      language = LANGUAGES[1 - LANGUAGES.indexOf(language)];
    },
    /** Return the phrase for `key`, or `fallback`, in the language in use. */
    say(key, values = {}, fallback = key) {
      const phrase = dictionary[key]?.[language] ?? fallback;
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
  };
}
