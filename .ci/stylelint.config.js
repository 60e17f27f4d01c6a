// The rules for the view's style sheet, one rule to a line where it fits.
export default {
  extends: "stylelint-config-standard",
  rules: {
    "declaration-block-single-line-max-declarations": null,
    "rule-empty-line-before": null,
    "at-rule-empty-line-before": null,
    "custom-property-empty-line-before": null,
    "no-descending-specificity": null,
    "property-no-vendor-prefix": [true, { ignoreProperties: ["box-orient"] }],
    "value-no-vendor-prefix": [true, { ignoreValues: ["box"] }],
  },
};
