// What is open, chosen and filtered: one record, and its writing as the hash of the page's address.

export const PICTURES = ["overview", "network", "table", "matrix"];
export const FACETS = ["document", "year", "region", "level", "family"];

/** The state of a page that nobody has touched; `layers` null means those that suit the data. */
export function firstState() {
  return {
    picture: "overview",
    node: "",
    edge: "",
    bundle: "",
    opened: [],
    closed: [],
    layers: null,
    only: false,
    hops: 1,
    filters: Object.fromEntries(FACETS.map((facet) => [facet, []])),
    find: "",
    sort: "",
    language: "",
    theme: "",
  };
}

const LISTS = { o: "opened", c: "closed", l: "layers" };
const WORDS = { p: "picture", n: "node", e: "edge", b: "bundle", q: "find", s: "sort", lang: "language", theme: "theme" };
const CHOICES = { picture: PICTURES, language: ["zh", "en"], theme: ["light", "dark"] };
const BETWEEN = "~";
const OWN = "own"; // marks the entries of the history that the page itself has written

/** Return the hash that stands for `state`, without its `#`; what is as at first is left out. */
export function writeHash(state) {
  const first = firstState();
  const parts = [];
  for (const [key, name] of Object.entries(WORDS)) {
    if (state[name] !== first[name]) parts.push([key, encode(state[name])]);
  }
  for (const [key, name] of Object.entries(LISTS)) {
    if (state[name]?.length || (state[name] && first[name] === null)) parts.push([key, encodeList(state[name])]);
  }
  for (const facet of FACETS) {
    if (state.filters[facet].length) parts.push([`f.${facet}`, encodeList(state.filters[facet])]);
  }
  if (state.only) parts.push(["only", "1"]);
  if (state.hops === 2) parts.push(["hops", "2"]);
  return parts.map((part) => part.join("=")).join("&");
}

/** Return the state that `hash` stands for; parts that are unknown or broken are as at first. */
export function readHash(hash) {
  const state = firstState();
  for (const part of hash.replace(/^#/, "").split("&")) {
    const cut = part.indexOf("=");
    if (cut > 0) readPart(state, part.slice(0, cut), part.slice(cut + 1));
  }
  return state;
}

function readPart(state, key, text) {
  const facet = FACETS.find((name) => key === `f.${name}`);
  if (Object.hasOwn(WORDS, key)) readWord(state, WORDS[key], decode(text));
  else if (Object.hasOwn(LISTS, key)) state[LISTS[key]] = decodeList(text);
  else if (facet) state.filters[facet] = decodeList(text);
  else if (key === "only") state.only = text === "1";
  else if (key === "hops") state.hops = text === "2" ? 2 : 1;
}

function readWord(state, name, value) {
  if (!(name in CHOICES) || CHOICES[name].includes(value)) state[name] = value;
}

function encode(text) {
  return encodeURIComponent(text).replaceAll("%2F", "/").replaceAll("%3A", ":").replaceAll(BETWEEN, "%7E");
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

function encodeList(list) {
  return [...list].map(encode).join(BETWEEN);
}

function decodeList(text) {
  return text.split(BETWEEN).map(decode).filter(Boolean);
}

/** Return a store: `get()`, `set(patch, {step})` and `watch(listener)`; a step is kept for the browser's Back. */
export function makeStore(initial) {
  let state = initial;
  const listeners = [];
  const tell = (before) => listeners.forEach((listener) => listener(state, before));
  const store = {
    get: () => state,
    set(patch, { step = false } = {}) {
      const before = state;
      state = { ...state, ...patch };
      const hash = `#${writeHash(state)}`;
      if (hash !== (location.hash || "#")) history[step ? "pushState" : "replaceState"](OWN, "", hash);
      tell(before);
    },
    watch: (listener) => listeners.push(listener),
  };
  addEventListener("popstate", (event) => {
    const before = state;
    const asked = readHash(location.hash);
    const keep = (name) => (event.state ? before[name] : asked[name] || before[name]); // Back changes neither light nor tongue; a pasted address may
    state = { ...asked, language: keep("language"), theme: keep("theme") };
    const hash = `#${writeHash(state)}`;
    if (hash !== (location.hash || "#")) history.replaceState(OWN, "", hash);
    tell(before);
  });
  return store;
}
