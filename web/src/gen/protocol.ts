// The wire, as the server describes itself (`beffroi describe typescript`). Not written by hand.

export type Role = "animateur" | "chef_de_projet" | "elu" | "partenaire" | "lecteur";
export type Can = "read" | "write" | "react" | "moderate" | "manage" | "broadcast" | "enter";
export type Level = "all" | "mentions" | "none";
export type ChannelKind = "open" | "private" | "direct";
export type Posting = "all" | "animateurs";

export interface Person {
  id: number;
  name?: string;
  function?: string;
  role?: Role;
}
export interface Me {
  id: number;
  name: string;
  email?: string;
  administrator?: boolean;
}
export interface Club {
  id: number;
  name: string;
  kind: "national" | "departement";
  can: Can[];
  roles: Role[];
  members: number;
}
export interface Channel {
  id: number;
  club?: number;
  kind: ChannelKind;
  posting: Posting;
  name: string;
  purpose?: string;
  position: number;
  archived?: boolean;
  readers: number;
  people?: Person[];
  can: Can[];
  level: Level;
  read: number;
  unread: number;
  mentions: number;
  draft?: string;
}
export type Node = string | NodeObject;
export type NodeObject =
  | { t: "p" | "ul" | "li" | "quote" | "em" | "strong"; c: Node[] }
  | { t: "h"; level: number; c: Node[] }
  | { t: "ol"; start: number; c: Node[] }
  | { t: "code"; lang?: string; text: string }
  | { t: "c"; text: string }
  | { t: "a"; href: string; c: Node[] }
  | { t: "person"; id: number }
  | { t: "role"; name: Role }
  | { t: "all" | "hr" | "br" }
  | { t: "message"; id: number }
  | { t: "town"; id: number; name?: string };
export interface Reaction {
  emoji: string;
  people: number[];
}
export interface Mention {
  kind: "person" | "role" | "all";
  target: string;
}
export interface Message {
  id: number;
  channel: number;
  thread?: number;
  author: Person;
  body: string;
  nodes: Node[];
  at: number;
  edited?: number;
  deleted?: number;
  replies?: number;
  last_reply?: number;
  reactions?: Reaction[];
  pinned?: boolean;
  mentions?: Mention[];
  versions?: number;
}
export interface Limits {
  body_chars: number;
  body_bytes: number;
  name_chars: number;
  list_max: number;
  direct_people: number;
}
export interface Hello {
  epoch: string;
  cursor: number;
  level: number;
  limits: Limits;
  me: Me;
}
export interface Problem {
  type?: string;
  title: string;
  status: number;
  code: number;
  field?: string;
  detail?: string;
}
export interface Following {
  thread: number;
  channel: number;
  root: Message;
  position: number;
  unread: number;
}
export interface Member {
  person: Person;
  email?: string;
  memberships: Membership[];
  present?: boolean;
}
export interface Membership {
  id: number;
  role: Role;
  label: string;
  channel?: number;
  tenure?: number;
  since: number;
}
export interface Invitation {
  id: number;
  email: string;
  name: string;
  role: Role;
  channel?: number;
  organisation?: string;
  created_at: number;
  expires_at: number;
}
export interface Post {
  id: number;
  role: Role;
  label: string;
  town?: number;
  holders: { tenure: number; person: Person; starts_at: number; ends_at?: number }[];
}
export interface Town {
  id: number;
  name: string;
  departement?: string;
}
export interface Hit {
  message: Message;
  club?: number;
  channel: number;
  channel_name: string;
  snippet: string[];
}
export interface Version {
  number: number;
  body: string;
  nodes: Node[];
  at: number;
}
export interface Session {
  id: number;
  label: string;
  kind: "browser" | "token";
  created_at: number;
  seen_at: number;
  current?: boolean;
}
export interface PersonRecord {
  id: number;
  name?: string;
  email?: string;
  state: "active" | "suspended" | "erased";
  suspended_until?: number;
  administrator?: boolean;
  functions: string[];
}
export interface TodayChannel {
  channel: number;
  unread: number;
  latest: Message[];
}
export interface TodayClub {
  club: number;
  channels: TodayChannel[];
}
type Head = { seq: number; people?: Person[] };
type Done = { seq?: number };
type Created = { id: number; seq: number };
type Empty = Record<string, never>;

/** Every command: what it takes, what it answers. */
export interface Commands {
  "session.resume": [{ epoch: string; cursor: number }, { cursor: number; reload: boolean }];
  ping: [Empty, Empty];
  "state.get": [Empty, Head & { me: Me; clubs: Club[]; channels: Channel[]; saved?: number[] }];
  "club.list": [Empty, Head & { clubs: Club[] }];
  "club.get": [{ club: number }, Head & { club: Club }];
  "channel.list": [{ club: number }, Head & { channels: Channel[] }];
  "channel.get": [{ channel: number }, Head & { channel: Channel }];
  "channel.create": [
    { club: number; name: string; purpose?: string; kind: ChannelKind; posting?: Posting; members?: number[] },
    Created,
  ];
  "channel.update": [{ channel: number; name?: string; purpose?: string; posting?: Posting }, Done];
  "channel.move": [{ channel: number; before?: number }, Done];
  "channel.archive": [{ channel: number; archived: boolean }, Done];
  "channel.member_add": [{ channel: number; person: number }, Done];
  "channel.member_remove": [{ channel: number; person: number }, Done];
  "channel.members": [{ channel: number }, Head & { members: Person[] }];
  "channel.enter": [{ channel: number }, Done];
  "message.post": [{ channel: number; body: string; nonce: string; thread?: number }, Created];
  "message.edit": [{ message: number; body: string }, Done];
  "message.delete": [{ message: number }, Done];
  "message.get": [{ message: number }, Head & { message: Message }];
  "message.list": [
    { channel: number; thread?: number; before?: number; after?: number; around?: number; limit?: number },
    Head & { messages: Message[]; more_before?: boolean; more_after?: boolean },
  ];
  "message.history": [{ message: number }, { versions: Version[] }];
  "message.search": [
    {
      query: string; club?: number; channel?: number; author?: number; before?: number; after?: number;
      order?: "recent" | "relevant"; limit?: number; offset?: number;
    },
    Head & { hits: Hit[]; cut?: boolean; more?: boolean },
  ];
  "reaction.set": [{ message: number; emoji: string; on: boolean }, Done];
  "pin.set": [{ message: number; pinned: boolean }, Done];
  "pin.list": [{ channel: number }, Head & { messages: Message[] }];
  "saved.set": [{ message: number; saved: boolean }, Done];
  "saved.list": [Empty, Head & { messages: Message[] }];
  "thread.list": [Empty, Head & { threads: Following[] }];
  "thread.follow": [{ thread: number; follow: boolean }, Done];
  "thread.read": [{ thread: number; position: number }, Done];
  "read.set": [{ channel: number; position: number }, Done];
  "draft.set": [{ channel: number; body: string }, Done];
  "notification.set": [{ channel: number; level: Level }, Done];
  "direct.open": [{ people: number[] }, Created];
  "direct.list": [Empty, Head & { channels: Channel[] }];
  "today.get": [{ since?: number }, Head & { clubs: TodayClub[]; mentions: Message[] }];
  "typing.set": [{ channel: number; thread?: number }, Empty];
  "presence.ask": [{ people: number[] }, { present: number[] }];
  "member.list": [{ club: number; query?: string }, Head & { members: Member[]; more?: boolean }];
  "member.invite": [
    { club: number; channel?: number; email: string; name: string; role: Role; town?: number; organisation?: string },
    Created & { link: string },
  ];
  "invitation.list": [{ club: number }, Head & { invitations: Invitation[] }];
  "invitation.resend": [{ invitation: number }, Done & { link: string }];
  "invitation.revoke": [{ invitation: number }, Done];
  "invitation.get": [{ token: string }, { club: string; name: string; email: string; role: Role; known?: boolean; invited_by?: string }];
  "invitation.accept": [{ token: string; name?: string; password?: string }, { me?: Me }];
  "membership.change": [{ membership: number; role: Role }, Done];
  "membership.end": [{ membership: number }, Done];
  "post.list": [{ club: number }, Head & { posts: Post[] }];
  "tenure.end": [{ tenure: number }, Done];
  "town.search": [{ query: string; club?: number }, { towns: Town[] }];
  "town.get": [{ town: number }, { town: Town }];
  "session.open": [{ email: string; password: string }, { me?: Me }];
  "session.close": [Empty, Empty];
  "session.list": [Empty, { sessions: Session[] }];
  "session.revoke": [{ session: number }, Done];
  "password.change": [{ current: string; password: string }, Done];
  "password.forgot": [{ email: string }, Empty];
  "password.reset": [{ token: string; password: string }, Empty];
  "profile.update": [{ name: string }, Done];
  "person.list": [{ query: string }, { people: PersonRecord[] }];
  "person.export": [{ person?: number }, Record<string, unknown>];
  "person.erase_preview": [{ person: number }, { messages: number; directs: number; drafts: number }];
  "person.erase": [{ person: number; messages: "keep" | "delete" }, Done];
  "person.suspend": [{ person: number; until?: number }, Done];
  "person.return": [{ person: number }, Done];
  "page.get": [{ slug: string }, { body: string; nodes: Node[]; updated_at: number }];
  "page.set": [{ slug: string; body: string }, Done];
}

/** Every fact, by its name. */
export type Fact = { seq: number; people?: Person[] } & (
  | { fact: "message.posted"; message: Message }
  | { fact: "message.edited"; message: Message }
  | { fact: "message.deleted"; message: Message }
  | { fact: "message.reacted"; message: number; reactions: Reaction[] }
  | { fact: "message.pinned"; message: number; channel: number; pinned: boolean }
  | { fact: "thread.changed"; message: number; channel: number; replies: number; last_reply?: number }
  | { fact: "channel.changed"; channel: ChannelShared }
  | { fact: "access.gained"; club?: number; channel?: number }
  | { fact: "access.lost"; club?: number; channel?: number }
  | { fact: "member.changed"; club: number; member: Member }
  | { fact: "member.left"; club: number; person: number }
  | { fact: "person.changed"; person: Person }
  | { fact: "read.moved"; channel: number; position: number; unread: number; mentions: number }
  | { fact: "draft.changed"; channel: number; body: string }
  | { fact: "notification.changed"; channel: number; level: Level }
  | { fact: "saved.changed"; message: number; saved: boolean }
  | { fact: "thread.read"; thread: number; position: number; unread: number; active?: boolean }
);
export interface ChannelShared {
  id: number;
  club?: number;
  kind: ChannelKind;
  posting: Posting;
  name: string;
  purpose?: string;
  position: number;
  archived?: boolean;
  readers?: number;
}
export type Breath =
  | { breath: "typing"; channel: number; thread?: number; person: number; name: string }
  | { breath: "presence"; person: number; present: boolean };
