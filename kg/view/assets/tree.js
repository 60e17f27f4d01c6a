// Keys in a list of rows: up and down, open and close, first and last, choose.

/** Make the rows of `list` reachable by Tab (one of them) and by the arrow keys (all). */
export function wireTree(list, { open, choose }) {
  const rows = () => [...list.children];
  const current = rows().find((row) => row === document.activeElement) ?? rows().find((row) => row.tabIndex === 0) ?? list.firstElementChild;
  rows().forEach((row) => (row.tabIndex = row === current ? 0 : -1));

  const go = (row) => {
    if (!row) return;
    rows().forEach((each) => (each.tabIndex = each === row ? 0 : -1));
    row.focus();
  };

  const inward = (item) => {
    if (item.row.kind !== "group") return;
    if (!item.row.open) open(item.row.group, true);
    else if (item.nextElementSibling?.row.depth > item.row.depth) go(item.nextElementSibling);
  };

  const outward = (item) => {
    if (item.row.kind === "group" && item.row.open) open(item.row.group, false);
    else go(parentOf(item));
  };

  const keys = {
    ArrowDown: (item) => go(item.nextElementSibling),
    ArrowUp: (item) => go(item.previousElementSibling),
    ArrowRight: inward,
    ArrowLeft: outward,
    Home: () => go(list.firstElementChild),
    End: () => go(list.lastElementChild),
    Enter: (item) => choose(item.row),
    " ": (item) => choose(item.row),
  };

  list.addEventListener("keydown", (event) => {
    const item = event.target.closest(".row");
    if (!item || event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key](item);
  });
  list.addEventListener("focusin", (event) => {
    const item = event.target.closest(".row");
    if (item) rows().forEach((each) => (each.tabIndex = each === item ? 0 : -1));
  });
}

function parentOf(item) {
  let before = item.previousElementSibling;
  while (before && before.row.depth >= item.row.depth) before = before.previousElementSibling;
  return before;
}
