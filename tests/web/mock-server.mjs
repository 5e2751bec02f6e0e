// A stand-in for the server, in memory, for drawing the client. Temporary.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { join, extname } from "node:path";
import { WebSocketServer } from "ws";

const dist = new URL("../../web/dist/", import.meta.url).pathname;
const port = Number(process.argv[2] ?? 8091);
const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
let seq = 1000;
const epoch = "a1b2c3d4e5f60718";
const P = (id, name, fn, role) => ({ id, name, function: fn, role });
const people = [
  P(1, "Camille Perret", "Animatrice du Club · Préfecture de l'Ain", "animateur"),
  P(2, "Nadia Belkacem", "Cheffe de projet · Nantua et Montréal-la-Cluse", "chef_de_projet"),
  P(3, "Julien Morel", "Chef de projet · Pont-de-Vaux", "chef_de_projet"),
  P(4, "Élise Vuillard", "Cheffe de projet · Thoissey et Saint-Didier-sur-Chalaronne", "chef_de_projet"),
  P(5, "Bernard Chanel", "Maire de Poncin", "elu"),
  P(6, "Sophie Lacroix", "CAUE de l'Ain", "partenaire"),
  P(7, "Marc-Antoine de La Bouëxière", "Communauté de communes Rives de l'Ain - Pays du Cerdon", "chef_de_projet"),
  P(8, "Hélène Duvernay", "ADIL de l'Ain", "partenaire"),
  P(9, "Administration ANCT", "Direction de programme", undefined),
  P(10, "Thomas Guichard", "Chargé d'études · Cerema", "lecteur"),
];
const accounts = { "animatrice@demo.fr": 1, "chef@demo.fr": 2, "admin@demo.fr": 9, "elu@demo.fr": 5 };
const clubs = [
  { id: 1, name: "Club national Petites villes de demain", kind: "national", members: 1204 },
  { id: 2, name: "Club PVD de l'Ain", kind: "departement", members: 61 },
];
const others = ["du Jura", "de la Savoie", "de La Réunion", "des Landes", "du Rhône"].map((n, i) => ({ id: 10 + i, name: `Club PVD ${n}`, kind: "departement", members: 20 + i }));
const themes = ["Engagement et mobilisation", "Bien vieillir", "Commerce et artisanat", "Patrimoine et culture", "Habitat", "Mobilités", "Vivre avec la nature"];
const channels = [];
let cid = 100;
for (const club of [1, 2]) {
  channels.push({ id: cid++, club, kind: "open", posting: "all", name: "Général", purpose: "La vie du Club, les présentations, les questions sans thème.", position: 1 });
  channels.push({ id: cid++, club, kind: "open", posting: "animateurs", name: "Annonces", purpose: "Ce que tous doivent savoir.", position: 2 });
  themes.forEach((name, i) => channels.push({ id: cid++, club, kind: "open", posting: "all", name, purpose: name === "Habitat" ? "OPAH-RU, logements vacants, façades, copropriétés." : "", position: 3 + i }));
}
channels.push({ id: 150, club: 2, kind: "private", posting: "all", name: "Comité local", purpose: "Préparation des comités.", position: 20, members: [1, 2, 3, 5] });
channels.push({ id: 160, kind: "direct", posting: "all", name: "", position: 0, members: [1, 2] });
channels.push({ id: 161, kind: "direct", posting: "all", name: "", position: 0, members: [2, 3, 4] });
const HAB = channels.find((c) => c.club === 2 && c.name === "Habitat").id;
const ANN = channels.find((c) => c.club === 2 && c.name === "Annonces").id;
const COM = channels.find((c) => c.club === 2 && c.name === "Commerce et artisanat").id;
const messages = [];
const DAY = 86400000, MIN = 60000;
const now = Date.now();
function inline(text) {
  const out = []; let rest = text;
  const re = /\*\*(.+?)\*\*|\*(.+?)\*|`(.+?)`|\[@([^\]]+)\]\(\/personne\/(\d+)\)|\[([^\]]+)\]\((\S+?)\)|(https?:\/\/[^\s)]+)|@(prefecture|chefs-de-projet|elus|partenaires|tous)|\n/;
  for (;;) {
    const m = re.exec(rest);
    if (!m) { if (rest) out.push(rest); return out; }
    if (m.index) out.push(rest.slice(0, m.index));
    if (m[1]) out.push({ t: "strong", c: [m[1]] }); else if (m[2]) out.push({ t: "em", c: [m[2]] }); else if (m[3]) out.push({ t: "c", text: m[3] });
    else if (m[5]) out.push({ t: "person", id: Number(m[5]) }); else if (m[7]) out.push({ t: "a", href: m[7], c: [m[6]] });
    else if (m[8]) { const own = m[8].match(/\/message\/(\d+)/); out.push(own ? { t: "message", id: Number(own[1]) } : { t: "a", href: m[8], c: [m[8]] }); }
    else if (m[9]) out.push(m[9] === "tous" ? { t: "all" } : { t: "role", name: { prefecture: "animateur", "chefs-de-projet": "chef_de_projet", elus: "elu", partenaires: "partenaire" }[m[9]] });
    else out.push({ t: "br" });
    rest = rest.slice(m.index + m[0].length);
  }
}
function nodesOf(body) {
  return body.split(/\n\n+/).map((b) => {
    if (/^[-*] /.test(b)) return { t: "ul", c: b.split("\n").map((l) => ({ t: "li", c: inline(l.replace(/^[-*] /, "")) })) };
    if (/^\d+\. /.test(b)) return { t: "ol", start: 1, c: b.split("\n").map((l) => ({ t: "li", c: inline(l.replace(/^\d+\. /, "")) })) };
    if (/^> /.test(b)) return { t: "quote", c: [{ t: "p", c: inline(b.replace(/^> /gm, "")) }] };
    if (/^```/.test(b)) return { t: "code", text: b.replace(/```/g, "").trim() };
    if (/^# /.test(b)) return { t: "h", level: 1, c: inline(b.slice(2)) };
    if (/^## /.test(b)) return { t: "h", level: 2, c: inline(b.slice(3)) };
    return { t: "p", c: inline(b) };
  });
}
const mentionsOf = (body) => [...body.matchAll(/\/personne\/(\d+)\)/g)].map((m) => ({ kind: "person", target: m[1] })).concat([...body.matchAll(/@(prefecture|chefs-de-projet|elus|partenaires|tous)/g)].map((m) => m[1] === "tous" ? { kind: "all", target: "" } : { kind: "role", target: { prefecture: "animateur", "chefs-de-projet": "chef_de_projet", elus: "elu", partenaires: "partenaire" }[m[1]] }));
const who = (id) => people.find((p) => p.id === id);
function add(channel, author, at, body, extra = {}) {
  const m = { id: ++seq, channel, author: who(author), body, nodes: nodesOf(body), at, reactions: [], mentions: mentionsOf(body), versions: 1, replies: 0, ...extra };
  messages.push(m);
  if (m.thread) { const r = messages.find((x) => x.id === m.thread); r.replies++; r.last_reply = at; }
  return m;
}
for (let i = 0; i < 130; i++) add(HAB, 2 + (i % 6), now - 40 * DAY + i * 5 * 60 * MIN, ["Bonjour à tous. Nous relançons l'étude sur les logements vacants du centre : 84 logements repérés, dont 31 depuis plus de cinq ans.", "Merci pour le retour. De notre côté, l'ADIL a tenu deux permanences en mairie, avec une douzaine de propriétaires.", "Le règlement d'aides aux façades est voté : 30 % du montant HT, plafonné à 3 000 €.", "Quelqu'un a-t-il déjà conventionné une OPAH-RU à l'échelle de deux communes ?"][i % 4]);
const q = add(HAB, 4, now - 2 * DAY - 90 * MIN, "Bonjour à toutes et tous,\n\nNous préparons une **OPAH-RU** multi-sites (Thoissey et Saint-Didier). Deux questions :\n\n1. Avez-vous confié le suivi-animation à un bureau d'études ou en régie ?\n2. Comment avez-vous traité les *copropriétés dégradées* dans la convention ?\n\nNotre projet de calendrier : https://www.anah.gouv.fr/collectivites/opah-ru et [la fiche du Cerema](https://www.cerema.fr/fr/actualites/habitat).");
add(HAB, 3, now - 2 * DAY - 70 * MIN, "En régie à Pont-de-Vaux, avec un mi-temps mutualisé. On ne le regrette pas, mais il faut compter six mois pour recruter.");
add(HAB, 3, now - 2 * DAY - 69 * MIN, "Je peux vous envoyer notre fiche de poste.");
add(HAB, 4, now - DAY - 60 * MIN, "Merci Julien, volontiers !", { thread: q.id });
add(HAB, 2, now - DAY - 50 * MIN, "Pareil à Nantua : intéressée aussi par la fiche de poste.", { thread: q.id });
q.reactions = [{ emoji: "👍", people: [2, 3, 6] }, { emoji: "👀", people: [8] }];
q.pinned = true;
add(HAB, 6, now - DAY - 40 * MIN, "Le CAUE tient une permanence « façades et couleurs » jeudi 26 à Meximieux :\n\n- 10 h à 12 h : sur rendez-vous\n- 14 h à 16 h : entrée libre\n\n> Les communes peuvent orienter les particuliers directement.\n\nInscription par simple message ici.", { edited: now - DAY, versions: 2 });
add(HAB, 8, now - DAY - 39 * MIN, "x", { deleted: now - DAY, body: "", nodes: [], mentions: [] });
add(HAB, 1, now - 5 * 60 * MIN, "Rappel de la @prefecture aux @chefs-de-projet : les demandes d'avance pour l'ingénierie sont à déposer avant vendredi. Modèle de délibération :\n\n```\nVu la convention-cadre Petites villes de demain signée le 12 mai 2021,\nLe conseil communautaire, après en avoir délibéré, APPROUVE le plan de financement.\n```\n\n[@Nadia Belkacem](/personne/2), pouvez-vous confirmer pour Nantua ?");
add(HAB, 7, now - 3 * 60 * MIN, "Bonjour. Pour la Communauté de communes Rives de l'Ain - Pays du Cerdon, c'est fait depuis hier.");
add(HAB, 5, now - 40 * MIN, "Poncin aussi. Merci aux services de la préfecture pour la réactivité ; les habitants commencent à voir les échafaudages, et ça change tout dans la discussion. " + "Au conseil municipal, nous avons présenté les trois scénarios, du plus sobre au plus ambitieux, et c'est le deuxième qui a été retenu, sous réserve des subventions. ".repeat(12));
add(ANN, 1, now - DAY - 3 * 60 * MIN, "## Séance du Club de l'Ain, mardi 8 décembre\n\nRendez-vous à 14 h à la salle des fêtes de Poncin. À l'ordre du jour : logements vacants, retour d'expérience de Pont-de-Vaux, programme 2027.\n\n@tous, merci de confirmer votre présence.");
add(COM, 3, now - 3 * 60 * MIN, "La boutique à l'essai de la rue Franche a trouvé preneur : une céramiste. Six mois de loyer progressif, convention à disposition.");
add(COM, 6, now - 2 * 60 * MIN, "Bravo ! C'est le modèle proposé par la CCI ?");
add(100, 9, now - 6 * 60 * MIN, "Webinaire de décryptage jeudi à 11 h : « Réemployer le bâti vacant ». Le lien sera publié ici.");
add(160, 1, now - 50 * MIN, "Bonjour Nadia, auriez-vous dix minutes demain pour caler la visite de Nantua ?");
add(161, 4, now - 8 * DAY, "On fait covoiturage pour Poncin ?");
const reads = {}, levels = {}, drafts = {}, saved = {}, follows = {};
const readOf = (p, c) => reads[`${p}.${c}`] ?? seq0[c] ?? 0;
const seq0 = {};
for (const c of channels) { const l = messages.filter((m) => m.channel === c.id && !m.thread && m.at < now - 6 * 60 * MIN - 1).at(-1); seq0[c.id] = l?.id ?? 0; }
levels["2.105"] = "none";
follows["2"] = { [q.id]: q.id };
saved["2"] = [q.id];
const rolesIn = (p, club) => (p === 9 ? (club === 1 ? ["animateur"] : []) : club <= 2 ? (p === 1 && club === 1 ? ["lecteur"] : [who(p).role]) : []);
const isAdmin = (p) => p === 9;
function canIn(p, c) {
  if (c.kind !== "open" && !c.members.includes(p)) return isAdmin(p) && c.club ? ["enter"] : [];
  const roles = c.club ? rolesIn(p, c.club) : ["chef_de_projet"];
  const anim = roles.includes("animateur");
  const can = ["read", "react"];
  if (!c.archived && !roles.includes("lecteur") && roles.length && (c.posting === "all" || anim)) can.push("write");
  if (anim) can.push("moderate", "manage", "broadcast");
  return can;
}
const me = (p) => ({ id: p, name: who(p).name, email: Object.keys(accounts).find((e) => accounts[e] === p), ...(isAdmin(p) ? { administrator: true } : {}) });
const clubFor = (p, c) => ({ ...c, roles: rolesIn(p, c.id), can: ["read", ...(rolesIn(p, c.id).includes("animateur") || isAdmin(p) ? ["manage"] : [])] });
const calls = (p, m) => m.author.id !== p && m.mentions.some((x) => x.kind === "all" || (x.kind === "person" && x.target === String(p)) || (x.kind === "role" && rolesIn(p, channels.find((c) => c.id === m.channel).club).includes(x.target)));
function unreadOf(p, c) {
  const list = messages.filter((m) => m.channel === c.id && !m.thread && !m.deleted && m.author.id !== p && m.id > readOf(p, c.id));
  return { unread: list.length, mentions: list.filter((m) => calls(p, m)).length };
}
function channelFor(p, c) {
  const { members, ...rest } = c;
  return { ...rest, readers: members?.length ?? 61, can: canIn(p, c), level: levels[`${p}.${c.id}`] ?? "all", read: readOf(p, c.id), ...unreadOf(p, c), draft: drafts[`${p}.${c.id}`] ?? "", ...(c.kind === "direct" ? { people: members.map(who) } : {}) };
}
const visible = (p, c) => (c.kind === "open" ? !!c.club : c.members.includes(p));
const sockets = new Set();
function fact(payload, toPersons) {
  const s = { seq: ++seq, ...payload };
  for (const w of sockets) if (!toPersons || toPersons(w.person)) w.send(JSON.stringify({ jsonrpc: "2.0", method: "fact", params: s }));
  log.push([s, toPersons]);
  return s.seq;
}
const log = [];
const fail = (code, title, status = 400, field) => { throw { title, status, code, detail: title, field }; };
const invitations = [{ id: 1, email: "maire@vonnas.example", name: "Claire Rivoire", role: "elu", created_at: now - DAY, expires_at: now + 13 * DAY }];
const sessions = [{ id: 1, label: "Firefox sur Windows", kind: "browser", created_at: now - 9 * DAY, seen_at: now, current: true }, { id: 2, label: "Safari sur iPhone", kind: "browser", created_at: now - 30 * DAY, seen_at: now - 2 * DAY }, { id: 3, label: "Tableau de bord", kind: "token", created_at: now - 60 * DAY, seen_at: now - DAY }];
const pages = { "mentions-legales": "## Éditeur\n\nCe service est édité par la préfecture. Directeur de la publication : le préfet.\n\n## Hébergement\n\nMachine virtuelle souveraine." };
const nonces = {};
const members = () => people.slice(0, 8).concat(people[9]).map((p) => ({ person: p, email: `p${p.id}@example.fr`, memberships: [{ id: p.id * 10, role: p.role, label: p.function, since: now - 200 * DAY, ...(p.role === "chef_de_projet" ? { tenure: p.id } : {}) }] }));
const get = (id) => messages.find((m) => m.id === id) ?? fail(1105, "Cet objet n'existe pas, ou vous ne pouvez pas le voir.", 404);
const fold = (s) => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const api = {
  "session.resume": (p, { cursor }) => ({ cursor: seq, reload: false, replay: log.filter(([s]) => s.seq > cursor) }),
  ping: () => ({}),
  "state.get": (p) => ({ seq, me: me(p), clubs: [...clubs, ...(isAdmin(p) ? others : [])].map((c) => clubFor(p, c)), channels: channels.filter((c) => visible(p, c)).map((c) => channelFor(p, c)), saved: saved[p] ?? [] }),
  "club.get": (p, { club }) => ({ seq, club: clubFor(p, [...clubs, ...others].find((c) => c.id === club) ?? fail(1105, "Ce Club n'existe pas.", 404)) }),
  "channel.list": (p, { club }) => ({ seq, channels: channels.filter((c) => c.club === club && visible(p, c)).map((c) => channelFor(p, c)) }),
  "channel.get": (p, { channel }) => ({ seq, channel: channelFor(p, channels.find((c) => c.id === channel && (visible(p, c) || isAdmin(p))) ?? fail(1105, "Cet objet n'existe pas, ou vous ne pouvez pas le voir.", 404)) }),
  "channel.create": (p, a) => { const c = { id: ++cid + 100, club: a.club, kind: a.kind, posting: a.posting ?? "all", name: a.name, purpose: a.purpose ?? "", position: 50 + cid, members: [p, ...(a.members ?? [])] }; channels.push(c); fact({ fact: "access.gained", channel: c.id }, (x) => visible(x, c)); return { id: c.id, seq }; },
  "channel.update": (p, { channel, ...a }) => { const c = channels.find((x) => x.id === channel); Object.assign(c, a); const { members, ...sh } = c; fact({ fact: "channel.changed", channel: sh }); return { seq }; },
  "channel.move": (p, { channel, before }) => { const c = channels.find((x) => x.id === channel); const list = channels.filter((x) => x.club === c.club && x !== c).sort((a, b) => a.position - b.position); const i = before ? list.findIndex((x) => x.id === before) : list.length; list.splice(i, 0, c); list.forEach((x, n) => { x.position = n + 1; const { members, ...sh } = x; fact({ fact: "channel.changed", channel: sh }); }); return { seq }; },
  "channel.archive": (p, { channel, archived }) => { const c = channels.find((x) => x.id === channel); c.archived = archived; fact({ fact: "access.gained", channel }, () => true); return { seq }; },
  "channel.members": (p, { channel }) => ({ seq, members: (channels.find((c) => c.id === channel).members ?? [1, 2, 3, 4, 5, 6]).map(who) }),
  "channel.member_add": (p, { channel, person }) => { const c = channels.find((x) => x.id === channel); c.members.push(person); fact({ fact: "access.gained", channel }, (x) => visible(x, c)); return { seq }; },
  "channel.member_remove": (p, { channel, person }) => { const c = channels.find((x) => x.id === channel); c.members = c.members.filter((x) => x !== person); fact({ fact: "access.lost", channel }, (x) => x === person); fact({ fact: "access.gained", channel }, (x) => visible(x, c)); return { seq }; },
  "channel.enter": (p, { channel }) => { channels.find((x) => x.id === channel).members.push(p); fact({ fact: "access.gained", channel }, (x) => x === p); return { seq }; },
  "message.post": (p, { channel, body, nonce, thread }) => {
    if (nonces[nonce]) return nonces[nonce];
    if (body.includes("REFUS")) fail(1103, "Vous n'avez pas le droit de faire cela ici ; demandez à l'animateur du Club.", 403);
    const c = channels.find((x) => x.id === channel);
    const m = add(channel, p, Date.now(), body, thread ? { thread } : {}); seq = m.id - 1;
    const s = fact({ fact: "message.posted", message: m }, (x) => visible(x, c));
    if (thread) { const r = get(thread); fact({ fact: "thread.changed", message: thread, channel, replies: r.replies, last_reply: r.last_reply }, (x) => visible(x, c)); (follows[p] ??= {})[thread] ??= m.id; }
    return (nonces[nonce] = { id: m.id, seq: s });
  },
  "message.edit": (p, { message, body }) => { const m = get(message); Object.assign(m, { body, nodes: nodesOf(body), edited: Date.now(), versions: m.versions + 1, mentions: mentionsOf(body) }); return { seq: fact({ fact: "message.edited", message: m }) }; },
  "message.delete": (p, { message }) => { const m = get(message); Object.assign(m, { body: "", nodes: [], deleted: Date.now(), mentions: [], reactions: [], pinned: false }); return { seq: fact({ fact: "message.deleted", message: m }) }; },
  "message.get": (p, { message }) => ({ seq, message: get(message) }),
  "message.list": (p, { channel, thread, before, after, around, limit = 50 }) => {
    const all = messages.filter((m) => m.channel === channel && m.thread === thread).sort((a, b) => a.id - b.id);
    let i = all.length - limit, j = all.length;
    if (before) { j = all.findIndex((m) => m.id >= before); i = j - limit; }
    if (after) { i = all.findIndex((m) => m.id > after); if (i < 0) i = all.length; j = i + limit; }
    if (around) { const k = all.findIndex((m) => m.id >= around); i = k - limit / 2; j = k + limit / 2; }
    i = Math.max(0, Math.floor(i)); j = Math.min(all.length, Math.ceil(j));
    return { seq, messages: all.slice(i, j), more_before: i > 0, more_after: j < all.length };
  },
  "message.history": (p, { message }) => { const m = get(message); return { versions: [{ number: 1, body: "…", nodes: nodesOf("Le CAUE tient une permanence jeudi."), at: m.at }, { number: 2, body: m.body, nodes: m.nodes, at: m.edited ?? m.at }] }; },
  "message.search": (p, { query, club, channel, author }) => {
    const words = fold(query).split(/\s+/).filter(Boolean);
    const hits = messages.filter((m) => { const c = channels.find((x) => x.id === m.channel); return visible(p, c) && !m.deleted && (!club || c.club === club) && (!channel || c.id === channel) && (!author || m.author.id === author) && words.every((w) => fold(m.body).includes(w)); }).reverse().slice(0, 30).map((m) => {
      const c = channels.find((x) => x.id === m.channel); const i = Math.max(0, fold(m.body).indexOf(words[0] ?? "")); const s = Math.max(0, i - 60);
      return { message: m, club: c.club, channel: c.id, channel_name: c.name, snippet: [(s > 0 ? "…" : "") + m.body.slice(s, i), m.body.slice(i, i + words[0].length), m.body.slice(i + words[0].length, i + 160)] };
    });
    return { seq, hits, cut: query.startsWith("l") };
  },
  "reaction.set": (p, { message, emoji, on }) => { const m = get(message); let r = m.reactions.find((x) => x.emoji === emoji); if (!r) m.reactions.push((r = { emoji, people: [] })); r.people = r.people.filter((x) => x !== p).concat(on ? [p] : []); m.reactions = m.reactions.filter((x) => x.people.length); return { seq: fact({ fact: "message.reacted", message, reactions: m.reactions }) }; },
  "pin.set": (p, { message, pinned }) => { const m = get(message); m.pinned = pinned; return { seq: fact({ fact: "message.pinned", message, channel: m.channel, pinned }) }; },
  "pin.list": (p, { channel }) => ({ seq, messages: messages.filter((m) => m.channel === channel && m.pinned) }),
  "saved.set": (p, { message, saved: on }) => { saved[p] = (saved[p] ?? []).filter((x) => x !== message).concat(on ? [message] : []); return { seq: fact({ fact: "saved.changed", message, saved: on }, (x) => x === p) }; },
  "saved.list": (p) => ({ seq, messages: (saved[p] ?? []).map(get) }),
  "thread.list": (p) => ({ seq, threads: Object.entries(follows[p] ?? {}).map(([t, pos]) => ({ thread: +t, channel: get(+t).channel, root: get(+t), position: pos, unread: messages.filter((m) => m.thread === +t && m.id > pos && m.author.id !== p).length })) }),
  "thread.follow": (p, { thread, follow }) => { if (follow) (follows[p] ??= {})[thread] = seq; else delete follows[p]?.[thread]; return { seq: fact({ fact: "thread.read", thread, position: seq, unread: 0, active: follow }, (x) => x === p) }; },
  "thread.read": (p, { thread, position }) => { (follows[p] ??= {})[thread] = position; return { seq: fact({ fact: "thread.read", thread, position, unread: 0 }, (x) => x === p) }; },
  "read.set": (p, { channel, position }) => { reads[`${p}.${channel}`] = position; return { seq: fact({ fact: "read.moved", channel, position, ...unreadOf(p, channels.find((c) => c.id === channel)) }, (x) => x === p) }; },
  "draft.set": (p, { channel, body }) => { drafts[`${p}.${channel}`] = body; return { seq: fact({ fact: "draft.changed", channel, body }, (x) => x === p) }; },
  "notification.set": (p, { channel, level }) => { levels[`${p}.${channel}`] = level; return { seq: fact({ fact: "notification.changed", channel, level }, (x) => x === p) }; },
  "direct.open": (p, { people: ids }) => { const all = [...new Set([p, ...ids])].sort(); let c = channels.find((x) => x.kind === "direct" && String([...x.members].sort()) === String(all)); if (!c) { c = { id: ++cid + 300, kind: "direct", posting: "all", name: "", position: 0, members: all }; channels.push(c); fact({ fact: "access.gained", channel: c.id }, (x) => all.includes(x)); } return { id: c.id, seq }; },
  "today.get": (p) => ({ seq, clubs: [1, 2, 0].map((club) => ({ club, channels: channels.filter((c) => (c.club ?? 0) === club && visible(p, c)).map((c) => ({ channel: c.id, unread: unreadOf(p, c).unread, latest: messages.filter((m) => m.channel === c.id && !m.thread && m.id > readOf(p, c.id) && m.author.id !== p).slice(-3) })).filter((x) => x.unread) })).filter((x) => x.channels.length), mentions: messages.filter((m) => m.id > readOf(p, m.channel) && calls(p, m)) }),
  "typing.set": (p, { channel, thread }) => { for (const w of sockets) if (w.person !== p) w.send(JSON.stringify({ jsonrpc: "2.0", method: "breath", params: { breath: "typing", channel, thread, person: p, name: who(p).name } })); return {}; },
  "presence.ask": (p, { people: ids }) => ({ present: ids.filter((x) => x % 2) }),
  "member.list": (p, { query }) => ({ seq, members: members().filter((m) => !query || fold(m.person.name).includes(fold(query))) }),
  "member.invite": (p, a) => { if (!a.email.includes("@")) fail(1010, "« email » n'est pas une adresse électronique de la forme nom@domaine.fr.", 400, "email"); invitations.push({ id: ++cid, ...a, created_at: Date.now(), expires_at: Date.now() + 14 * DAY }); return { id: cid, seq, link: `http://127.0.0.1:${port}/invitation#q7vJ0nYw2Lr5Xc8bTzKd` }; },
  "invitation.list": () => ({ seq, invitations }),
  "invitation.resend": () => ({ seq, link: `http://127.0.0.1:${port}/invitation#Zz7vJ0nYw2Lr5Xc8bT` }),
  "invitation.revoke": (p, { invitation }) => { invitations.splice(invitations.findIndex((x) => x.id === invitation), 1); return { seq }; },
  "invitation.get": (p, { token }) => (token ? { club: "Club PVD de l'Ain", name: "Claire Rivoire", email: "maire@vonnas.example", role: "elu", invited_by: "Camille Perret" } : fail(1107, "Ce lien a déjà servi, a expiré ou a été annulé ; demandez-en un nouveau.", 410)),
  "membership.change": () => ({ seq }), "membership.end": () => ({ seq }), "tenure.end": () => ({ seq }),
  "post.list": () => ({ seq, posts: [{ id: 1, role: "chef_de_projet", label: "Chef de projet · Nantua et Montréal-la-Cluse", holders: [{ tenure: 2, person: who(2), starts_at: now - 300 * DAY }] }, { id: 2, role: "chef_de_projet", label: "Chef de projet · Belley", holders: [] }] }),
  "town.search": (p, { query }) => ({ towns: ["Belley", "Nantua et Montréal-la-Cluse", "Pont-de-Vaux", "Vonnas", "Poncin"].map((name, i) => ({ id: i + 1, name })).filter((x) => fold(x.name).includes(fold(query))) }),
  "session.list": () => ({ sessions }),
  "session.revoke": (p, { session }) => { sessions.splice(sessions.findIndex((s) => s.id === session), 1); return { seq }; },
  "password.change": (p, { current }) => (current === "faux" ? fail(1102, "Adresse ou mot de passe inexact.", 401, "current") : { seq }),
  "password.forgot": () => ({}), "password.reset": () => ({}),
  "profile.update": (p, { name }) => { who(p).name = name; return { seq: fact({ fact: "person.changed", person: who(p) }) }; },
  "person.list": (p, { query }) => ({ people: people.filter((x) => fold(x.name).includes(fold(query ?? ""))).map((x) => ({ id: x.id, name: x.name, email: `p${x.id}@example.fr`, state: x.id === 10 ? "suspended" : "active", functions: [x.function], administrator: x.id === 9 })) }),
  "person.export": () => ({ name: "…" }), "person.erase_preview": () => ({ messages: 128, directs: 14, drafts: 2 }), "person.erase": () => ({ seq }), "person.suspend": () => ({ seq }), "person.return": () => ({ seq }),
  "page.get": (p, { slug }) => ({ body: pages[slug] ?? "", nodes: nodesOf(pages[slug] ?? "").filter(() => pages[slug]), updated_at: now - 3 * DAY }),
  "page.set": (p, { slug, body }) => { pages[slug] = body; return { seq }; },
};
const anonymous = ["session.open", "invitation.get", "invitation.accept", "password.forgot", "password.reset", "page.get"];
const personOf = (req) => Number(/s=(\d+)/.exec(req.headers.cookie ?? "")?.[1] ?? 0);
const server = createServer(async (req, res) => {
  const path = new URL(req.url, "http://x").pathname;
  res.setHeader("Content-Security-Policy", CSP);
  if (path.startsWith("/api/v1/")) {
    let text = ""; for await (const c of req) text += c;
    const name = path.slice(8), params = JSON.parse(text || "{}"), person = personOf(req);
    try {
      if (name === "session.open" || name === "invitation.accept") {
        const id = name === "session.open" ? accounts[params.email] : 5;
        if (!id || params.password === "faux") fail(1102, "Adresse ou mot de passe inexact. Vérifiez-les, ou demandez un nouveau mot de passe.", 401);
        res.setHeader("Set-Cookie", `s=${id}; HttpOnly; SameSite=Lax; Path=/`);
        return res.end("{}");
      }
      if (name === "session.close") { res.setHeader("Set-Cookie", "s=; Max-Age=0; Path=/"); return res.end("{}"); }
      if (!person && !anonymous.includes(name)) fail(1101, "Connectez-vous pour continuer.", 401);
      res.setHeader("Content-Type", "application/json");
      return res.end(JSON.stringify(api[name](person, params)));
    } catch (e) { res.statusCode = e.status ?? 500; if (!e.status) console.error(name, e); return res.end(JSON.stringify(e.status ? e : { title: String(e), code: -32603, status: 500 })); }
  }
  const types = { ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html; charset=utf-8" };
  const file = extname(path) ? path : "/index.html";
  try { const data = await readFile(join(dist, file)); res.setHeader("Content-Type", types[extname(file)] ?? "text/plain"); res.end(data); } catch { res.statusCode = 404; res.end("404"); }
});
const wss = new WebSocketServer({ noServer: true, handleProtocols: () => "beffroi.v1" });
server.on("upgrade", (req, socket, head) => {
  const person = personOf(req);
  if (!person) { socket.end("HTTP/1.1 401 Unauthorized\r\n\r\n"); return; }
  wss.handleUpgrade(req, socket, head, (ws) => {
    ws.person = person; sockets.add(ws); ws.on("close", () => sockets.delete(ws));
    ws.send(JSON.stringify({ jsonrpc: "2.0", method: "hello", params: { epoch, cursor: seq, level: 1, limits: { body_chars: 10000, direct_people: 8 }, me: me(person) } }));
    ws.on("message", (data) => {
      const { id, method, params } = JSON.parse(data);
      try {
        const r = api[method](person, params ?? {});
        if (method === "session.resume") { for (const [s, f] of r.replay) if (!f || f(person)) ws.send(JSON.stringify({ jsonrpc: "2.0", method: "fact", params: s })); delete r.replay; }
        ws.send(JSON.stringify({ jsonrpc: "2.0", id, result: r }));
      } catch (e) { if (!e.status) console.error(method, e); ws.send(JSON.stringify({ jsonrpc: "2.0", id, error: { code: e.code ?? -32603, message: e.title ?? String(e), data: e.status ? e : undefined } })); }
    });
  });
});
server.listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${port}`));
