/*
  A search for the whole pack, and a filter for the rows of a page. An extra: every page is complete without it.

  A classic script that reads other classic scripts, so it works on pages opened from a disk, where nothing may be fetched.
  assets/search/index.js holds the words, and the first key of each shard; a shard calls tenureSearch(family, number, rows).
    names-0000.js …   [name, kind, page, note]            sorted by the words of the name and the note
    ids-0000.js …     [request id, page, anchor, time]    sorted by the id's first 64 characters, ASCII letters in lower case
  What is looked for stands in the address, #q=… or #filter=…, so that it can be sent on, and "back" leads to it again.
  Whatever comes from the index goes into text nodes and addresses of the pack, never into markup.
*/
(function () {
  "use strict";

  const MOST_SHOWN = 50;
  const MOST_SHARDS = 6;
  const LISTS = ".page-rules, .page-versions, .page-owners, .page-checks, .page-findings, .page-framework, .page-sources, " +
    ".page-decisions, .page-decision-groups, .page-page-index, .page-alphabet";
  const source = document.currentScript.getAttribute("src");
  const up = source.slice(0, source.length - "assets/search.js".length);
  const shards = { names: [], ids: [] };
  const waiting = {};
  let index = null;

  // Shards: each is a script element that is taken out again once it ran.
  window.tenureSearch = (family, number, rows) => {
    if (family === "index") index = rows;
    else shards[family][number] = rows;
  };

  function load(name, then) {
    if (waiting[name]) return void waiting[name].push(then);
    waiting[name] = [then];
    const element = document.createElement("script");
    element.onload = element.onerror = () => {
      const all = waiting[name];
      delete waiting[name];
      element.remove();
      all.forEach((each) => each());
    };
    element.src = up + "assets/search/" + name + ".js";
    document.head.append(element);
  }

  /* By code points, as the keys are sorted. */
  function compare(left, right) {
    const a = Array.from(left), b = Array.from(right);
    for (let i = 0; i < a.length && i < b.length; i++) {
      if (a[i] !== b[i]) return a[i].codePointAt(0) - b[i].codePointAt(0);
    }
    return a.length - b.length;
  }

  /* Numbers of the shards that may hold keys with this beginning. */
  function shardsOf(family, prefix) {
    const bounds = index[family].bounds;
    return Array.from(bounds.keys()).filter((i) =>
      (bounds[i].startsWith(prefix) || compare(bounds[i], prefix) <= 0) &&
      (i + 1 === bounds.length || compare(bounds[i + 1], prefix) >= 0));
  }

  /* Calls back with the rows of some shards; with null where one cannot be read. */
  function rowsOf(family, numbers, then) {
    const missing = numbers.filter((number) => !shards[family][number]);
    let left = missing.length;
    const ready = () => {
      const rows = numbers.map((number) => shards[family][number]);
      then(rows.every(Boolean) ? rows.flat() : null);
    };
    if (left === 0) return ready();
    missing.forEach((number) => load(family + "-" + String(number).padStart(4, "0"), () => { if (--left === 0) ready(); }));
  }

  // Looking for names and ids
  const wordsIn = (text) => text.toLowerCase().split(/[^\p{Alphabetic}\p{N}]+/u).filter(Boolean);
  const fold = (text) => Array.from(text).slice(0, 64).join("").replace(/[A-Z]/g, (letter) => letter.toLowerCase());

  /* Names in which each word of the query begins a word. Both searches call back with undefined where too many begin so. */
  function findNames(query, then) {
    const words = wordsIn(query), whole = query.toLowerCase();
    const fewest = words.map((word) => shardsOf("names", word.slice(0, 32))).sort((a, b) => a.length - b.length)[0] || [];
    if (fewest.length > MOST_SHARDS) return then(undefined);
    const rank = (name) => name === whole ? 0 : name.startsWith(whole) ? 1 : 2;
    rowsOf("names", fewest, (rows) => {
      if (!rows) return then(null);
      const found = rows.filter((row) => {
        const own = wordsIn(row[0] + " " + row[3]);
        return words.every((word) => own.some((each) => each.startsWith(word)));
      });
      found.sort((a, b) => rank(a[0].toLowerCase()) - rank(b[0].toLowerCase()) || compare(a[0], b[0]));
      // A check stands in the index by its id and by its title, and a name in several shards: each page once.
      const pages = new Set();
      then(found.filter((row) => !pages.has(row[2]) && pages.add(row[2]))
        .map((row) => ({ name: row[0], kind: row[1], page: row[2], note: row[3] })));
    });
  }

  function findIDs(query, then) {
    const key = fold(query), numbers = shardsOf("ids", key);
    if (numbers.length > MOST_SHARDS) return then(undefined);
    rowsOf("ids", numbers, (rows) =>
      then(rows && rows.filter((row) => fold(row[0]).startsWith(key)).map((row) => ({
        name: row[0], kind: "exception", note: row[3],
        page: "d/time-" + String(row[1]).padStart(4, "0") + ".html#" + row[2],
      }))));
  }

  // The box in the masthead, and what was found below it
  let input, status, list, asked = 0;
  const number = (value) => typeof value === "number" ? value.toLocaleString("en-GB") : "";

  function say(id, a, b) {
    const words = (a === 1 && index.words["search." + id + ".one"]) || index.words["search." + id] || id;
    return words.replace("{1}", number(a)).replace("{2}", number(b));
  }

  function add(parent, tag, text, attributes = {}) {
    const element = document.createElement(tag);
    element.textContent = text;
    Object.keys(attributes).forEach((name) => element.setAttribute(name, attributes[name]));
    parent.append(element);
    return element;
  }

  function box(form, id, label) {
    add(form, "label", label, { "for": id });
    return add(form, "input", "", { id: id, type: "search", autocomplete: "off", spellcheck: "false" });
  }

  function makeSearch() {
    const masthead = document.querySelector(".masthead"), form = document.createElement("form");
    form.className = "search";
    form.setAttribute("role", "search");
    input = box(form, "search-box", say("label"));
    input.setAttribute("aria-describedby", "search-status");
    const results = add(masthead, "div", "", { "class": "results" });
    status = add(results, "p", "", { id: "search-status", role: "status" });
    list = add(results, "ul", "", { hidden: "", "aria-label": say("label") });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const first = list.querySelector("a");
      if (first) first.click();
    });
    input.addEventListener("focus", () => { if (!input.value) status.textContent = say("hint"); });
    input.addEventListener("blur", () => { if (!input.value) status.textContent = ""; });
    input.addEventListener("input", () => { setState("q", input.value); search(); });
    masthead.addEventListener("keydown", keyInSearch);
    masthead.querySelector(".identity .pack").before(form);
  }

  function keyInSearch(event) {
    const links = Array.from(list.querySelectorAll("a")), at = links.indexOf(document.activeElement);
    if (at < 0 && document.activeElement !== input) return;
    if (event.key === "Escape") {
      input.value = "";
      setState("q", "");
      search();
      input.focus();
    } else if (event.key === "ArrowDown" && at + 1 < links.length) links[at + 1].focus();
    else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] || input).focus();
    else return;
    event.preventDefault();
  }

  function search() {
    const query = input.value.trim(), turn = ++asked;
    list.replaceChildren();
    list.hidden = true;
    status.textContent = query ? say(query.length < 2 ? "short" : "loading") : "";
    if (query.length < 2) return;
    // A slow shard must not answer a question that nobody asks any more.
    findNames(query, (names) => findIDs(query, (ids) => { if (turn === asked) show(names, ids); }));
  }

  function show(names, ids) {
    if (names === null || ids === null) return void (status.textContent = say("broken"));
    const all = (names || []).concat(ids || []), notes = [];
    all.slice(0, MOST_SHOWN).forEach((thing) => {
      const link = add(add(list, "li", ""), "a", "", { href: up + thing.page });
      add(add(link, "b", ""), "bdi", thing.name);
      add(link, "small", index.words["thing." + thing.kind] || thing.kind);
      if (thing.note) add(add(link, "span", "", { "class": "quiet" }), "bdi", thing.note);
    });
    list.hidden = all.length === 0;
    if (!names || !ids) notes.push(say("many"));
    if (all.length > MOST_SHOWN) notes.push(say("first", MOST_SHOWN, all.length));
    else if (all.length || (names && ids)) notes.push(say(all.length ? "found" : "none", all.length));
    if (index.ids.leftOut) notes.push(say("no-ids", index.ids.leftOut));
    if (index.names.leftOut) notes.push(say("no-names", index.names.leftOut));
    status.textContent = notes.join(" ");
  }

  // The filter of a list: rows are hidden on a screen, never on paper
  let filter, rows = [];

  function makeFilter() {
    if (!document.body.matches(LISTS)) return;
    // The list of a page stands in main itself, or in one table a section.
    rows = Array.from(document.querySelectorAll("main > .scroll > table > tbody > tr:not(.group)"));
    if (!rows.length) rows = Array.from(document.querySelectorAll("main > section:not(.form) > .scroll > table > tbody > tr:not(.group)"));
    if (rows.length < 10) return;
    const form = add(document.querySelector("main > .headline"), "form", "", { "class": "filter" });
    filter = box(form, "filter-box", say("filter"));
    add(form, "output", "", { "for": "filter-box" });
    form.addEventListener("submit", (event) => event.preventDefault());
    filter.addEventListener("input", () => { setState("filter", filter.value); hideRows(); });
  }

  function hideRows() {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    const matches = (row) => words.every((word) => row.textContent.toLowerCase().includes(word));
    rows.forEach((row) => row.classList.toggle("unmatched", !matches(row)));
    const left = rows.filter((row) => !row.classList.contains("unmatched")).length;
    filter.form.querySelector("output").textContent = words.length ? say("rows", left, rows.length) : "";
  }

  // The state in the address. Its first character makes an entry of the history, so that "back" undoes the search.
  const state = () => new URLSearchParams(/^#(q|filter)=/.test(location.hash) ? location.hash.slice(1) : "");

  function setState(name, value) {
    const now = state(), isNew = value !== "" && !now.has(name);
    if (value) now.set(name, value);
    else now.delete(name);
    const address = now.toString() ? "#" + now : location.pathname + location.search;
    if (isNew) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }

  function readState() {
    const now = state();
    [["q", input, search], ["filter", filter, hideRows]].forEach(([name, element, then]) => {
      if (!element || element.value === (now.get(name) || "")) return;
      element.value = now.get(name) || "";
      then();
    });
  }

  load("index", () => {
    if (!index) return;
    makeSearch();
    makeFilter();
    readState();
    addEventListener("popstate", readState);
    addEventListener("hashchange", readState);
    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.target.tagName === "INPUT" || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.focus();
    });
  });
})();
