// What is wrong with how seats were given, in words; nothing if all is well. Plain data in, so that the
// judge itself can be judged (verdict.test.mjs).

const TAKES_A_SEAT = ["seated", "offered"];
/** What one may be told next, by what one was told last; and the state that goes with it. */
const STORY = {
  "": ["seated", "waiting"],
  seated: ["unregistered"],
  waiting: ["offered", "unregistered"],
  offered: ["seated", "lapsed", "unregistered"],
};
const STATE_AFTER = {
  seated: "seated",
  waiting: "waiting",
  offered: "offered",
  lapsed: "lapsed",
  unregistered: "cancelled",
};

const doubles = (list) => [...new Set(list.filter((one, i) => list.indexOf(one) !== i))];

/**
 * @param {{person: number, state: string, turn: number}[]} rows one event's registrations
 * @param {{seats: number, people: number}} wanted
 */
export function seatFaults(rows, { seats, people }) {
  const taken = rows.filter(({ state }) => TAKES_A_SEAT.includes(state));
  const waiting = rows.filter(({ state }) => state === "waiting");
  const served = rows.filter(({ state }) => [...TAKES_A_SEAT, "lapsed"].includes(state));
  const last = Math.max(0, ...served.map(({ turn }) => turn));
  const passed = waiting.filter(({ turn }) => turn < last);
  return [
    ...doubles(rows.map(({ person }) => person)).map((person) => `${person} is there twice`),
    ...doubles(rows.map(({ turn }) => turn)).map((turn) => `two have turn ${turn}`),
    ...(rows.length === people ? [] : [`${rows.length} registrations of ${people} people`]),
    ...(taken.length === seats ? [] : [`${taken.length} seats taken of ${seats}`]),
    ...passed.map(({ person }) => `${person} waits, and somebody behind was served`),
  ];
}

/**
 * Turns are in the order of the journal, which is that of the answers.
 * @param {{person: number, turn: number}[]} rows
 * @param {{person: number, seq: number}[]} answers
 */
export function orderFaults(rows, answers) {
  const byTurn = [...rows].sort((a, b) => a.turn - b.turn).map(({ person }) => person);
  const byAnswer = [...answers].sort((a, b) => a.seq - b.seq).map(({ person }) => person);
  const at = byTurn.findIndex((person, i) => person !== byAnswer[i]);
  return at < 0 && byTurn.length === byAnswer.length
    ? []
    : [`place ${at}: ${byTurn[at]} by turn, ${byAnswer[at]} by answer`];
}

/**
 * Everyone was told each step once, in an order that makes sense, up to the state they are in.
 * @param {{person: number, state: string}[]} rows
 * @param {{person: number, kind: string}[]} notices in the order they were given
 */
export function toldFaults(rows, notices) {
  const stories = new Map(rows.map(({ person }) => [person, []]));
  for (const { person, kind } of notices) stories.get(person)?.push(kind);
  return rows.flatMap(({ person, state }) => {
    const story = stories.get(person);
    const odd = story.findIndex((kind, i) => !STORY[story[i - 1] ?? ""]?.includes(kind));
    if (odd < 0 && STATE_AFTER[story.at(-1)] === state) return [];
    return [`${person} is ${state} and was told: ${story.join(", ") || "nothing"}`];
  });
}

/** Each seat that was freed was offered once: `freed` counts them. */
export function offerFaults(notices, freed) {
  const offers = notices.filter(({ kind }) => kind === "offered").length;
  return offers === freed ? [] : [`${offers} offers for ${freed} freed seats`];
}

/**
 * What each person heard, live or on coming back, is what there was for them: each once. Who comes back is
 * told the last of several about one `thing` (fact and object), so the earlier ones may be missing then.
 * @param {{person: number, heard: number[]}[]} ears
 * @param {{person: number, seq: number, thing?: string}[]} journal
 */
export function heardFaults(ears, journal) {
  const meant = new Map(ears.map(({ person }) => [person, []]));
  for (const row of journal) meant.get(row.person)?.push(row);
  return ears.flatMap(({ person, heard }) => {
    const rows = meant.get(person);
    const isMadeUpFor = ({ seq, thing }) =>
      rows.some(
        (later) => thing && later.thing === thing && later.seq > seq && heard.includes(later.seq),
      );
    const wanted = rows.filter((row) => heard.includes(row.seq) || !isMadeUpFor(row));
    const [said, due] = [heard, wanted.map(({ seq }) => seq)].map((list) =>
      [...list].sort((x, y) => x - y).join(" "),
    );
    return said === due ? [] : [`${person} heard ${said || "nothing"}, not ${due}`];
  });
}

/** As many letters as notices, for each person. */
export function letterFaults(notices, letters) {
  const count = (list) => {
    const counts = {};
    for (const { person } of list) counts[person] = (counts[person] ?? 0) + 1;
    return counts;
  };
  const [told, written] = [count(notices), count(letters)];
  return [...new Set([...Object.keys(told), ...Object.keys(written)])]
    .filter((person) => told[person] !== written[person])
    .map((person) => `${person}: ${told[person] ?? 0} notices, ${written[person] ?? 0} letters`);
}
