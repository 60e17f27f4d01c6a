// The editor: CodeMirror with SPARQL's colours, and the project's prefixes, classes and properties to complete.
import {
  EditorState, EditorView, HighlightStyle, Prec, StreamLanguage, autocompletion, bracketMatching, closeBrackets,
  closeBracketsKeymap, completionKeymap, defaultKeymap, drawSelection, highlightActiveLine, history, historyKeymap,
  indentOnInput, keymap, lineNumbers, search, searchKeymap, sparql, syntaxHighlighting, tags,
} from "./vendor/codemirror.min.js";

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "light-dark(#8a3ba8, #d7a1ec)" },
  { tag: [tags.string, tags.literal], color: "light-dark(#2b6e2f, #9bd49e)" },
  { tag: tags.comment, color: "light-dark(#69747f, #8d98a3)" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "light-dark(#a04000, #f0b070)" },
  { tag: [tags.atom, tags.number], color: "light-dark(#1f5f94, #8cc4f0)" },
]);
const LOOK = EditorView.theme({
  "&": { fontSize: "13.5px", color: "light-dark(#1d2329, #e4e7ea)", backgroundColor: "light-dark(#fff, #1e2226)" },
  ".cm-content": { fontFamily: "ui-monospace, 'DejaVu Sans Mono', Consolas, monospace", minHeight: "16rem", caretColor: "currentColor" },
  ".cm-cursor": { borderLeftColor: "currentColor" },
  ".cm-scroller": { maxHeight: "48vh", overflow: "auto" },
  ".cm-gutters": { backgroundColor: "transparent", color: "light-dark(#6b7580, #8d98a3)", border: "none" },
  ".cm-activeLine": { backgroundColor: "light-dark(#f2f6f9aa, #262c32aa)" },
  ".cm-tooltip": { backgroundColor: "light-dark(#fff, #262c32)", borderColor: "light-dark(#dcdfe2, #363c42)" },
});

/** Put an editor into `parent`; return what reads and sets its text. */
export function createEditor(parent, { terms, run, text, changed }) {
  // In a shadow tree the editor's style sheets are adopted, not written into the page, which the page's policy forbids.
  const root = parent.attachShadow({ mode: "open" });
  const view = new EditorView({ root, parent: root, state: EditorState.create({ doc: text, extensions: extensions(terms, run, changed) }) });
  return {
    text: () => view.state.doc.toString(),
    setText: (doc) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: doc } }),
  };
}

function extensions(terms, run, changed) {
  const ask = [{ key: "Mod-Enter", run: () => (run(), true) }];
  return [
    Prec.highest(keymap.of(ask)),
    lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(), highlightActiveLine(),
    search({ top: true }), EditorView.lineWrapping, StreamLanguage.define(sparql), syntaxHighlighting(COLOURS), LOOK,
    autocompletion({ override: [(context) => complete(context, terms)], icons: false }),
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...completionKeymap]),
    EditorView.contentAttributes.of({ "aria-label": "SPARQL", spellcheck: "false" }),
    EditorView.domEventHandlers({ beforeinput: typeOverLines }),
    EditorView.updateListener.of((update) => update.docChanged && changed(update.state.doc.toString())),
  ];
}

/** Typing over several lines: left to itself, the browser joins them with style attributes that the policy forbids. */
function typeOverLines(event, view) {
  const { from, to } = view.state.selection.main;
  const single = view.state.doc.lineAt(from).number === view.state.doc.lineAt(to).number;
  if (single || event.inputType !== "insertText" || !event.cancelable) return false;
  event.preventDefault();
  view.dispatch(view.state.replaceSelection(event.data ?? ""), { userEvent: "input.type", scrollIntoView: true });
  return true;
}

/** Offer the terms of the graph, with their names, and the prefixes. */
function complete(context, { prefixes, terms }) {
  const word = context.matchBefore(/(?<![?$\w])[\w-]+:?[\w-]*/);
  if (!word && !context.explicit) return null;
  const options = [
    ...terms.map(({ short, name }) => ({ label: short, detail: name })),
    ...Object.entries(prefixes).map(([prefix, iri]) => ({ label: `${prefix}:`, detail: iri, boost: -1 })),
  ];
  return { from: word?.from ?? context.pos, options, validFor: /^[\w-]*:?[\w-]*$/ };
}
