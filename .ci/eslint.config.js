// The rules for the sources of the view's page: modules without a build step, in a browser, with d3 as a global.
import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["**/vendor/**"] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: { ...globals.browser, d3: "readonly" } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "consistent-return": "error",
      "default-case-last": "error",
      eqeqeq: "error",
      "max-params": ["error", 6],
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-shadow": "error",
      "no-use-before-define": ["error", { functions: false, variables: false }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
      complexity: ["error", 14],
      "no-restricted-syntax": [
        "error",
        { selector: "MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML|srcdoc)$/]", message: "Text from data reaches the page as text alone." },
        { selector: "CallExpression[callee.property.name=/^(write|writeln)$/][callee.object.name='document']", message: "Text from data reaches the page as text alone." },
        { selector: "CallExpression[callee.name=/^(fetch|importScripts)$/], NewExpression[callee.name=/^(XMLHttpRequest|WebSocket|EventSource|Worker)$/]", message: "The page asks for nothing." },
      ],
    },
  },
  { files: ["**/tests/page/**"], languageOptions: { globals: globals.node } },
];
