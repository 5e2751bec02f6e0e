// A small writer of SVG: lines over sizes, both axes by powers of ten, readable on light and dark.

const [WIDTH, HEIGHT] = [640, 340];
const FRAME = { left: 58, right: 28, top: 46, bottom: 44 };
const STYLES = [
  { colour: "var(--a)", dash: "" },
  { colour: "var(--b)", dash: "7 4" },
  { colour: "var(--c)", dash: "2 3" },
];

const quoted = (text) =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
const short = (value) => (value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(2))));
const thousands = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");

/** Positions by logarithm between the powers of ten around `values`, and the marks of the axis. */
function axis(values, from, to) {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values)) - 1e-9));
  const at = (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from);
  const marks = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
  return { at, marks };
}

const text = (x, y, words, more = "") =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${quoted(words)}</text>`;

function grid(x, y, unit) {
  const [right, bottom] = [WIDTH - FRAME.right, HEIGHT - FRAME.bottom];
  const rows = y.marks.map(
    (mark) =>
      `<path class="grid" d="M${FRAME.left} ${y.at(mark).toFixed(1)}H${right}"/>` +
      text(FRAME.left - 8, y.at(mark) + 4, `${short(mark)} ${unit}`, 'text-anchor="end"'),
  );
  const columns = x.marks.map(
    (mark) =>
      `<path class="grid" d="M${x.at(mark).toFixed(1)} ${FRAME.top}V${bottom}"/>` +
      text(x.at(mark), bottom + 18, thousands(mark), 'text-anchor="middle"'),
  );
  const name = text((FRAME.left + right) / 2, HEIGHT - 8, "messages", 'text-anchor="middle"');
  return [...rows, ...columns, name];
}

/** Whether no other line lies below this one there: its figure then stands under it. */
function isLowest(lines, [size, value]) {
  const there = lines.flatMap(({ points }) => points.filter(([other]) => other === size));
  return lines.length > 1 && there.every(([, other]) => other >= value);
}

function line({ name, points }, i, lines, x, y) {
  const { colour, dash } = STYLES[i % STYLES.length];
  const path = points.map(([size, value], at) => {
    return `${at ? "L" : "M"}${x.at(size).toFixed(1)} ${y.at(value).toFixed(1)}`;
  });
  const dots = points.map(([size, value]) => {
    const [cx, cy] = [x.at(size), y.at(value)];
    const aside = isLowest(lines, [size, value]) ? 18 : -8;
    const label = text(cx, cy + aside, short(value), 'text-anchor="middle"');
    return `<circle cx="${cx.toFixed(1)}" cy="${cy.toFixed(1)}" r="3" fill="${colour}"/>${label}`;
  });
  const key = FRAME.left + (i * (WIDTH - FRAME.left)) / lines.length;
  return [
    `<path d="${path.join("")}" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>`,
    ...dots,
    `<path d="M${key} 34h22" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>`,
    text(key + 28, 38, name),
  ];
}

/** @param {{title: string, unit: string, lines: {name: string, points: [number, number][]}[]}} what */
export function plot({ title, unit, lines }) {
  const points = lines.flatMap((one) => one.points);
  const x = axis(
    points.map(([size]) => size),
    FRAME.left + 24,
    WIDTH - FRAME.right - 24,
  );
  const y = axis(
    points.map(([, value]) => value),
    HEIGHT - FRAME.bottom,
    FRAME.top + 14,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" role="img" aria-label="${quoted(title)}">`,
    "<style>",
    "svg{--ink:#1e1e2a;--rule:#d5d5e0;--paper:#fff;--a:#000091;--b:#a94645;--c:#18753c}",
    "@media (prefers-color-scheme:dark){svg{--ink:#eee;--rule:#444;--paper:#161616;--a:#8585f6;--b:#f95c5e;--c:#7fd4a0}}",
    "text{font:12px system-ui,sans-serif;fill:var(--ink)}.grid{stroke:var(--rule);fill:none}",
    "</style>",
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="var(--paper)"/>`,
    text(FRAME.left, 20, title, 'style="font-weight:600;font-size:14px"'),
    ...grid(x, y, unit),
    ...lines.flatMap((one, i) => line(one, i, lines, x, y)),
    "</svg>\n",
  ].join("\n");
}
