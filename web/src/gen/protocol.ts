// The wire, as the server describes itself (`beffroi describe typescript`). Not written by hand.

export type Role = "animateur" | "chef_de_projet" | "elu" | "partenaire" | "lecteur";

export type ClubChannelKind = "open" | "private";

export type Posting = "all" | "animateurs";

export type ChannelKind = "open" | "private" | "direct" | "event";

export type Can = "read" | "write" | "react" | "moderate" | "manage" | "broadcast" | "enter";

export type Level = "all" | "mentions" | "none";

export type PostingChange = "keep" | "all" | "animateurs";

export type ClubKind = "national" | "departement";

export type RoleFilter = "any" | "animateur" | "chef_de_projet" | "elu" | "partenaire" | "lecteur";

export type EventKind = "webinaire" | "semaine" | "formation_initiale" | "formation_approfondissement" | "formation_complementaire" | "atelier" | "voyage" | "rencontre_regionale" | "rencontre_nationale" | "seance";

export type EventScope = "network" | "region" | "clubs";

export type Zone = "Europe/Paris" | "America/Guadeloupe" | "America/Martinique" | "America/Cayenne" | "Indian/Reunion" | "Indian/Mayotte" | "America/Miquelon" | "America/St_Barthelemy" | "America/Marigot" | "Pacific/Noumea" | "Pacific/Tahiti" | "Pacific/Marquesas" | "Pacific/Gambier" | "Pacific/Wallis" | "Indian/Kerguelen" | "UTC";

export type LinkShown = "all" | "registered";

export type RegistrationMode = "none" | "open" | "approval" | "invitation";

export type QuestionKind = "text" | "choice" | "yes_no";

export type EventState = "draft" | "published" | "cancelled";

export type EventCan = "see" | "register" | "manage";

export type RegistrationState = "none" | "invited" | "asked" | "waiting" | "offered" | "seated" | "refused" | "lapsed" | "cancelled";

export type EventKindFilter = "any" | "webinaire" | "semaine" | "formation_initiale" | "formation_approfondissement" | "formation_complementaire" | "atelier" | "voyage" | "rencontre_regionale" | "rencontre_nationale" | "seance";

export type FeedKind = "mine" | "club" | "theme" | "shelf";

export type PersonState = "active" | "suspended" | "erased";

export type ImportOutcome = "invited" | "given" | "unchanged" | "refused";

export type MentionKind = "person" | "role" | "all";

export type SearchOrder = "recent" | "relevant";

export type NoticeKind = "invited" | "asked" | "seated" | "waiting" | "offered" | "lapsed" | "refused" | "unregistered" | "moved" | "cancelled" | "reminder" | "proposed" | "returned" | "published" | "withdrawn";

export type ResourceKind = "reference" | "modele" | "guide" | "fiche_projet" | "podcast" | "replay" | "lien" | "publication";

export type ResourceState = "draft" | "proposed" | "returned" | "scheduled" | "published" | "withdrawn";

export type PageSlug = "mentions-legales" | "donnees-personnelles" | "accessibilite";

export type ErasedMessages = "keep" | "remove";

export type TenureState = "planned" | "active" | "ended";

export type ProfileCan = "write" | "edit";

export type Shown = "offer" | "themes" | "email" | "phone";

export type TerritoryKind = "town" | "commune" | "epci" | "departement";

export type Licence = "lo_2_0" | "cc0" | "cc_by" | "cc_by_sa" | "cc_by_nc" | "cc_by_nc_sa" | "cc_by_nd" | "cc_by_nc_nd" | "interne" | "inconnue";

export type ResourceCan = "see" | "edit" | "keep";

export type ResourceKindFilter = "any" | "reference" | "modele" | "guide" | "fiche_projet" | "podcast" | "replay" | "lien" | "publication";

export type ResourceStateFilter = "shown" | "draft" | "proposed" | "returned" | "scheduled" | "published" | "withdrawn" | "any";

export type ResourceOrder = "recent" | "dated";

export type ShelfCan = "see" | "write" | "keep";

export type HitKind = "message" | "event" | "resource" | "person" | "town";

export type FindOrder = "relevant" | "recent";

export type PageUnit = "page" | "slide" | "sheet" | "part";

export type SessionKind = "browser" | "token";

export type SessionScope = "all" | "read";

export type TokenScope = "all" | "read";

export type CommunePart = "name" | "town" | "epci" | "population";

export type AccessKind = "club" | "channel";

/** A text, or a part of one, to be shown. */
export type Nodes = Node[];

/** A piece of text: plain, or marked by its type `t`. */
export type Node =
  | string
  | { t: "p" | "ul" | "li" | "quote" | "em" | "strong"; c: Nodes }
  | { t: "h"; level: number; c: Nodes }
  | { t: "ol"; start: number; c: Nodes }
  | { t: "code"; lang?: string; text: string }
  | { t: "c"; text: string }
  | { t: "a"; href: string; c: Nodes }
  | { t: "person" | "message" | "event"; id: number }
  | { t: "resource"; id: number; edition?: number }
  | { t: "town"; id: number; name: string }
  | { t: "role"; name: Role }
  | { t: "all" | "hr" | "br" };

/** What is kept about a person, by kind; to be read by people. */
export type PersonData = Record<string, unknown>;

/** Messages of a person with all their wordings; to be read by people. */
export type PersonMessages = Record<string, unknown>[];

export interface Problem {
  /** Which error, as a relative reference. */
  type: string;
  /** Its name in words; does not vary. */
  title: string;
  /** HTTP status. */
  status: number;
  /** Number of the error; never changes. */
  code: number;
  /** Parameter at fault, as a path. */
  field?: string;
  /** What happened and what to do, for the person. */
  detail: string;
}

export interface AttendanceTick {
  /** Tick; later ones are greater. */
  id: number;
  /** Of whom; absent once erased. */
  person?: PersonName;
  /** What was ticked; absent: the tick was taken back. */
  present?: boolean;
  /** By whom; absent once erased. */
  by?: PersonName;
  /** When, in ms since 1970 UTC. */
  at: number;
}

export interface PersonName {
  /** Person. */
  id: number;
  /** Their name; absent: erased. */
  name?: string;
}

export interface AttendanceCounts {
  /** Were invited, whatever came of it. */
  invited: number;
  /** Wait for approval. */
  asked: number;
  /** Have a seat, or one is held for them. */
  registered: number;
  /** Are in the waiting list. */
  waiting: number;
  /** Were there. */
  present: number;
}

export interface RoleCounts {
  /** Role they came in. */
  role: Role;
  /** Of that role. */
  counts: AttendanceCounts;
}

export interface DepartementCounts {
  /** Its code; absent: the national Club. */
  departement?: string;
  /** Its name. */
  name?: string;
  /** Of those who came from there. */
  counts: AttendanceCounts;
}

export interface EventCounts {
  /** Event. */
  event: number;
  /** Its title. */
  title: string;
  /** Start, in ms since 1970 UTC. */
  starts_at: number;
  /** Seats; absent: no limit. */
  capacity?: number;
  /** Of that event. */
  counts: AttendanceCounts;
}

export interface EnterableChannel {
  /** Channel. */
  id: number;
  /** Name. */
  name: string;
}

export interface ChannelView {
  /** Channel. */
  id: number;
  /** Its Club; absent: a direct conversation. */
  club?: number;
  /** Who may read it. */
  kind: ChannelKind;
  /** Who may write in its main stream; who can write may answer in any case. */
  posting: Posting;
  /** Name. */
  name: string;
  /** What it is for. */
  purpose: string;
  /** Order in its Club; 0: an event's, in no order. */
  position: number;
  /** Kept to be read only. */
  archived: boolean;
  /** Who takes part in a direct conversation. */
  people?: number[];
  /** The person's own part. */
  mine: ChannelMine;
}

export interface ChannelMine {
  /** What the person can do there. */
  can: Can[];
  /** What notifies the person. */
  level: Level;
  /** Last message read of the main stream, 0 if none. */
  position: number;
  /** Unread messages; at the limit: at least that many. */
  unread: number;
  /** Those among them that mention the person. */
  mentions: number;
  /** Begun and not sent. */
  draft?: string;
}

export interface ChannelReader {
  /** Person. */
  id: number;
  /** Name. */
  name: string;
  /** Roles that let them in. */
  roles: Role[];
  /** Reads it as an administrator. */
  administrator?: boolean;
}

export interface ClubCard {
  /** Club. */
  club: number;
  /** Service that runs the Club; absent: there is no card yet. */
  service?: string;
  /** Postal address, in lines. */
  address?: string;
  /** Telephone. */
  phone?: string;
  /** E-mail address. */
  email?: string;
  /** When it answers. */
  hours?: string;
  /** Whom to ask for. */
  people: CardPerson[];
  /** When it was last written, in ms since 1970 UTC. */
  changed_at?: number;
}

export interface CardPerson {
  /** Name. */
  name: string;
  /** Function. */
  label?: string;
  /** Telephone. */
  phone?: string;
  /** E-mail address. */
  email?: string;
}

export interface ClubView {
  /** Club. */
  id: number;
  /** Name. */
  name: string;
  /** National, or of a département. */
  kind: ClubKind;
  /** Code of its département. */
  departement?: string;
  /** What the person can do there; nothing for a guest of one channel. */
  can: Can[];
  /** The person's roles there. */
  roles: Role[];
}

export interface ClubListItem {
  /** Club. */
  id: number;
  /** Name. */
  name: string;
  /** National, or of a département. */
  kind: ClubKind;
  /** Code of its département. */
  departement?: string;
  /** What the person can do there; nothing for a guest of one channel. */
  can: Can[];
  /** The person's roles there. */
  roles: Role[];
  /** People in the whole Club, as of now. */
  members: number;
}

export interface Profile {
  /** Person. */
  id: number;
  /** Name. */
  name: string;
  /** What they do, where the reader meets them. */
  functions: ProfileFunction[];
  /** Départements of these functions. */
  departements: ProfilePlace[];
  /** Themes they work on. */
  themes?: number[];
  /** What they can help with. */
  offer?: string;
  /** E-mail address, if shown. */
  email?: string;
  /** Telephone, if shown. */
  phone?: string;
}

export interface ProfileFunction {
  /** Role, of the post if it is one. */
  role: Role;
  /** Function, in words. */
  label: string;
  /** For whom. */
  organisation?: string;
  /** PVD they serve by it. */
  town?: string;
  /** Since when, in ms since 1970 UTC. */
  since: number;
}

export interface ProfilePlace {
  /** Code of the département. */
  code: string;
  /** Its name. */
  name: string;
}

export interface DirectoryCounts {
  /** All that match, in every page. */
  people: number;
  /** By role, were none asked for. */
  roles: RoleCount[];
  /** By département, were none asked for. */
  departements: DepartementCount[];
  /** By theme, were none asked for. */
  themes: ThemeCount[];
}

export interface RoleCount {
  /** Role. */
  role: Role;
  /** How many. */
  people: number;
}

export interface DepartementCount {
  /** Code of the département. */
  code: string;
  /** Its name. */
  name: string;
  /** How many. */
  people: number;
}

export interface ThemeCount {
  /** Theme. */
  theme: number;
  /** How many. */
  people: number;
}

export interface Answer {
  /** Question. */
  question: number;
  /** Answer; "oui" or "non" to a yes_no. */
  text: string;
}

export interface Question {
  /** Question; coming in, absent: a new one. */
  id?: number;
  /** How it is answered. */
  kind: QuestionKind;
  /** What is asked. */
  label: string;
  /** One registers only with an answer to it. */
  required: boolean;
  /** Answers of a choice. */
  options?: string[];
}

export interface EventDocumentIn {
  /** What it is. */
  label: string;
  /** Where it is. */
  link?: string;
  /** Or the key of the file it is. */
  file?: string;
}

export interface Event {
  /** Event. */
  id: number;
  /** Club whose animateurs run it. */
  club: number;
  /** Thematic week it is part of. */
  parent?: number;
  /** What kind of event it is. */
  kind: EventKind;
  /** Title. */
  title: string;
  /** Markdown as typed. */
  description: string;
  /** The description to show. */
  nodes: Nodes;
  /** Who organises it, to be shown. */
  organiser: string;
  /** Partner body that organises it; absent: the Club itself. */
  organisation?: string;
  /** Themes. */
  themes?: number[];
  /** To whom it is announced. */
  scope: EventScope;
  /** Region it is announced to. */
  region?: string;
  /** Clubs it is announced to, those of a region written out; none for the network. */
  clubs?: number[];
  /** Who may register; none: everybody. */
  roles: Role[];
  /** Told to everybody, logged in or not. */
  is_public: boolean;
  /** Start, in ms since 1970 UTC. */
  starts_at: number;
  /** End; midnight after the last of whole days, in ms since 1970 UTC. */
  ends_at: number;
  /** Time zone its hours are told in. */
  zone: Zone;
  /** Whole days, from midnight to midnight in its zone. */
  all_day: boolean;
  /** Where it takes place. */
  address?: string;
  /** Commune it takes place in. */
  commune?: string;
  /** Meeting link; absent if there is none, or it is for those registered. */
  link?: string;
  /** Video service of its link, shown or not. */
  platform?: string;
  /** To whom the link is shown. */
  link_shown: LinkShown;
  /** How one registers. */
  registration: RegistrationMode;
  /** Seats; absent: no limit. */
  capacity?: number;
  /** Registrations close; absent: as it starts, in ms since 1970 UTC. */
  deadline_at?: number;
  /** Hours a freed seat is held for who was waiting. */
  hold_hours: number;
  /** What who registers is asked. */
  questions?: Question[];
  /** Where it stands. */
  state: EventState;
  /** When a draft will be published, in ms since 1970 UTC. */
  publish_at?: number;
  /** When it was published, in ms since 1970 UTC. */
  published_at?: number;
  /** Why it was cancelled. */
  reason?: string;
  /** Times its hour or place changed. */
  sequence: number;
  /** Seats taken or held, as last told. */
  seated: number;
  /** People waiting for one, as last told. */
  waiting: number;
  /** Its channel, once published. */
  channel?: number;
  /** Link to the recording. */
  replay?: string;
  /** What to read before or after. */
  documents?: EventDocument[];
  /** Last change but of the seats: one's own part is then to be fetched again, in ms since 1970 UTC. */
  changed_at: number;
}

export interface EventDocument {
  /** What it is. */
  label: string;
  /** Where it is. */
  link?: string;
  /** Or the file it is. */
  file?: File;
}

export interface File {
  /** Its address: /fichier/<key>. */
  key: string;
  /** Name it was brought under. */
  name: string;
  /** Media type. */
  type: string;
  /** Its size. */
  bytes: number;
  /** It has a small picture: /vignette/<key>. */
  has_thumbnail?: boolean;
  /** Of an image, in pixels. */
  width?: number;
  /** Of an image, in pixels. */
  height?: number;
}

export interface EventMine {
  /** Event. */
  event: number;
  /** What the person can do with it. */
  can: EventCan[];
  /** Where their registration stands. */
  registration: RegistrationState;
  /** Until when their seat is held, in ms since 1970 UTC. */
  held_until?: number;
  /** Meeting link where it is for those registered. */
  link?: string;
  /** Their answers. */
  answers?: Answer[];
}

export interface ReachedClub {
  /** Club. */
  id: number;
  /** Name. */
  name: string;
  /** Region of its département. */
  region?: string;
}

export interface Feed {
  /** Feed. */
  id: number;
  /** What it follows. */
  kind: FeedKind;
  /** Club it follows. */
  club?: number;
  /** Theme it follows. */
  theme?: number;
  /** As a calendar shows it. */
  name: string;
  /** When it was made, in ms since 1970 UTC. */
  created_at: number;
}

export interface Guest {
  /** Channel they are let into. */
  channel: number;
  /** Its name. */
  channel_name: string;
  /** Who. */
  member: Member;
}

export interface Member {
  /** Person. */
  id: number;
  /** Name. */
  name: string;
  /** Roles, all reasons together. */
  roles: Role[];
  /** Function of the strongest role. */
  label: string;
  /** Member since, in ms since 1970 UTC. */
  since: number;
  /** Reasons they belong. */
  memberships: Membership[];
}

export interface Membership {
  /** Membership. */
  id: number;
  /** Role it gives. */
  role: Role;
  /** Function shown beside the name. */
  label: string;
  /** Organisation's name. */
  organisation?: string;
  /** Tenure it comes from; absent: invited. */
  tenure?: number;
  /** Since when, in ms since 1970 UTC. */
  since: number;
  /** Until when, if it is known, in ms since 1970 UTC. */
  until?: number;
}

export interface Account {
  /** Person. */
  id: number;
  /** E-mail address. */
  email?: string;
  /** Name; absent once erased. */
  name?: string;
  /** Runs Clubs, accounts and imports. */
  administrator: boolean;
  /** State of the account. */
  state: PersonState;
  /** End of the suspension, if it has one, in ms since 1970 UTC. */
  suspended_until?: number;
  /** When the account was made, in ms since 1970 UTC. */
  created_at: number;
}

export interface InvitationShown {
  /** Invitation. */
  id: number;
  /** Whom: e-mail address. */
  email: string;
  /** Whom: name. */
  name: string;
  /** Role it gives. */
  role: Role;
  /** Function it gives. */
  label: string;
  /** The one channel it is for. */
  channel?: number;
  /** Its name. */
  channel_name?: string;
  /** Who invites. */
  invited_by?: string;
  /** When it was made, in ms since 1970 UTC. */
  created_at: number;
  /** When its link ends, in ms since 1970 UTC. */
  expires_at: number;
  /** Its link has ended; it can be sent again. */
  expired?: boolean;
}

export interface MemberLine {
  /** Line of the file. */
  line: number;
  /** What becomes of it. */
  outcome: ImportOutcome;
  /** E-mail address. */
  email?: string;
  /** Name. */
  name?: string;
  /** Function. */
  label?: string;
  /** Club. */
  club?: string;
  /** Why it was refused. */
  reason?: string;
}

export interface Message {
  /** Message; later ones have greater ids. */
  id: number;
  /** Channel. */
  channel: number;
  /** Message it answers; absent in the main stream. */
  thread?: number;
  /** Who wrote it. */
  author: Author;
  /** Markdown as typed; empty once deleted. */
  body: string;
  /** The text to show. */
  nodes: Nodes;
  /** When it was posted, in ms since 1970 UTC. */
  at: number;
  /** When it was last edited, in ms since 1970 UTC. */
  edited?: number;
  /** When it was deleted: only its place is left, in ms since 1970 UTC. */
  deleted?: number;
  /** Answers below it, deleted ones apart. */
  replies?: number;
  /** When the last of them came, in ms since 1970 UTC. */
  last_reply?: number;
  /** Reactions, in the order they came. */
  reactions?: Reaction[];
  /** Who is mentioned. */
  mentions?: Mentioned[];
  /** Names of the people it mentions. */
  people?: PersonName[];
  /** Pinned in its channel. */
  pinned?: boolean;
  /** Wordings so far; 1: never edited. */
  versions: number;
  /** Event it announces: shown as a card of that. */
  event?: number;
  /** What was attached to it. */
  files?: File[];
  /** Resource it announces: shown as a card of that. */
  resource?: number;
}

export interface Author {
  /** Person; absent once erased. */
  id?: number;
  /** Name; absent once erased. */
  name?: string;
  /** Function it was written under. */
  function: string;
  /** Role it was written in, as in Role. */
  role?: string;
  /** Post it was written under: its holder may edit it too. */
  post?: number;
}

export interface Reaction {
  /** Emoji. */
  emoji: string;
  /** Who reacted with it. */
  people: number[];
}

export interface Mentioned {
  /** Who is mentioned. */
  kind: MentionKind;
  /** Id of the person, or name of the role. */
  target?: string;
}

export interface MessageVersion {
  /** 1: as first posted. */
  number: number;
  /** Markdown as typed. */
  body: string;
  /** The text to show. */
  nodes: Nodes;
  /** When it was written, in ms since 1970 UTC. */
  at: number;
}

export interface Hit {
  /** Message. */
  message: Message;
  /** Name of its channel. */
  channel_name: string;
  /** Its Club; absent: a direct conversation. */
  club?: number;
  /** Name of the Club. */
  club_name?: string;
  /** Part of its text: plain, found, plain, found... by turns. */
  snippet: string[];
}

export interface Notice {
  /** Notice; later ones are greater. */
  id: number;
  /** What it says. */
  kind: NoticeKind;
  /** About which event. */
  event?: NoticeEvent;
  /** Or about which resource. */
  resource?: NoticeResource;
  /** What changed, the reason; of a reminder "week", "day" or "hour". */
  detail?: string;
  /** When, in ms since 1970 UTC. */
  at: number;
}

export interface NoticeEvent {
  /** Event. */
  id: number;
  /** Its title now. */
  title: string;
  /** Start, in ms since 1970 UTC. */
  starts_at: number;
  /** End, in ms since 1970 UTC. */
  ends_at: number;
  /** Time zone. */
  zone: Zone;
  /** Whole days. */
  all_day?: boolean;
  /** Its state now. */
  state: EventState;
}

export interface NoticeResource {
  /** Resource. */
  id: number;
  /** Its title now. */
  title: string;
  /** Its kind now. */
  kind: ResourceKind;
  /** Its state now. */
  state: ResourceState;
}

export interface Post {
  /** Post; absent until somebody holds it. */
  id?: number;
  /** Animateur of the Club, or chef de projet. */
  role: Role;
  /** Town of a chef de projet. */
  town?: number;
  /** Name of the town, or of the Club. */
  place: string;
  /** The town is no longer on the official list. */
  left?: boolean;
  /** Who holds it, the latest first. */
  holders: Holder[];
}

export interface Holder {
  /** Tenure. */
  tenure: number;
  /** Who holds, held or will hold the post. */
  person: number;
  /** Their name; absent once erased. */
  name?: string;
  /** From, in ms since 1970 UTC. */
  starts_at: number;
  /** To; absent: open, in ms since 1970 UTC. */
  ends_at?: number;
  /** Where it stands in time. */
  state: TenureState;
}

export interface RegistrationShown {
  /** Registration. */
  id: number;
  /** Who; absent once erased. */
  person?: RegisteredPerson;
  /** Where it stands. */
  state: RegistrationState;
  /** Until when their seat is held, in ms since 1970 UTC. */
  held_until?: number;
  /** Number of the fact that brought it there: the order of the waiting list. */
  turn: number;
  /** Place in the waiting list. */
  rank?: number;
  /** Was invited, whatever came of it. */
  invited?: boolean;
  /** The colleague or organiser who registered them; absent: themselves. */
  registered_by?: number;
  /** Role they came in. */
  role: Role;
  /** Code of the département of their Club; absent: the national one. */
  departement?: string;
  /** Were they there; absent: not ticked. */
  present?: boolean;
  /** What they answered. */
  answers?: Answer[];
  /** When it came to stand so, in ms since 1970 UTC. */
  at: number;
}

export interface RegisteredPerson {
  /** Person. */
  id: number;
  /** Name. */
  name: string;
  /** Function in the role they came in. */
  function?: string;
}

export interface Territory {
  /** What it is. */
  kind: TerritoryKind;
  /** Its code: of a town its key, an INSEE code, a SIREN, of a département. */
  code: string;
  /** Its name, to be shown; coming in, it is not looked at. */
  name?: string;
}

export interface Fiche {
  /** Euros, all taxes out; absent: not said. */
  cost?: number;
  /** Who paid. */
  funders?: Funder[];
  /** Its steps and their dates. */
  calendar?: string;
  /** Who worked on it together. */
  partners?: string;
  /** What they would do again, and what not. */
  lessons?: string;
  /** Post to ask: whoever holds it. */
  post?: number;
  /** That post, to be shown; coming in, it is not looked at. */
  post_label?: string;
}

export interface Funder {
  /** Who. */
  name: string;
  /** Euros; absent: not said. */
  amount?: number;
}

export interface Resource {
  /** Resource. */
  id: number;
  /** Club whose shelf it is on. */
  club: number;
  /** What kind of resource it is. */
  kind: ResourceKind;
  /** Title. */
  title: string;
  /** Markdown as typed. */
  summary: string;
  /** The summary to show. */
  nodes: Nodes;
  /** Who made it; absent: the Club. */
  organisation?: string;
  /** Themes. */
  themes?: number[];
  /** Where it is about; none: everywhere. */
  territories?: Territory[];
  /** Date of the work: a year, a month or a day. */
  dated_on?: string;
  /** What one may do with it. */
  licence: Licence;
  /** Where it comes from. */
  source?: string;
  /** Where that is. */
  source_link?: string;
  /** Shown to everybody, logged in or not. */
  is_public: boolean;
  /** Where it stands. */
  state: ResourceState;
  /** What a reviewer asks for, until it is published; why it was withdrawn. */
  remark?: string;
  /** When it was last proposed, in ms since 1970 UTC. */
  proposed_at?: number;
  /** When it will be published, in ms since 1970 UTC. */
  publish_at?: number;
  /** When it was first published, in ms since 1970 UTC. */
  published_at?: number;
  /** Number of the edition in force. */
  edition: number;
  /** Its editions, the newest first. */
  editions: Edition[];
  /** Of a fiche-projet. */
  fiche?: Fiche;
  /** Last change: what one can do with it is then to be fetched again, in ms since 1970 UTC. */
  changed_at: number;
}

export interface Edition {
  /** Its number, from 1. */
  number: number;
  /** What changed. */
  note?: string;
  /** Where it is, outside. */
  link?: string;
  /** Its file. */
  file?: File;
  /** When it came, in ms since 1970 UTC. */
  at: number;
}

export interface Proposal {
  /** The resource. */
  resource: Resource;
  /** Who proposes it; absent: erased meanwhile. */
  name?: string;
  /** When, in ms since 1970 UTC. */
  at: number;
}

export interface ReviewSlot {
  /** Wednesday, at 10 h in Paris, in ms since 1970 UTC. */
  at: number;
  /** Fiches-projets published that day, or to be. */
  resources: Resource[];
}

export interface SearchHit {
  /** What was found. */
  kind: HitKind;
  /** Title of an event or a resource, name of a person or a town; of a message "". */
  title: string;
  /** What to say beside it: functions, place, départements. */
  label?: string;
  /** Part of its text, or of the page: plain, found, plain, found... by turns. */
  snippet: string[];
  /** When it was said, published, or begins, in ms since 1970 UTC. */
  at?: number;
  /** Its Club. */
  club?: number;
  /** Name of the Club. */
  club_name?: string;
  /** Of a message: its channel. */
  channel?: number;
  /** Name of the channel. */
  channel_name?: string;
  /** The message. */
  message?: Message;
  /** The event. */
  event?: number;
  /** The resource. */
  resource?: number;
  /** Kind of the event or of the resource. */
  type?: string;
  /** Of a resource: number of the edition in force. */
  edition?: number;
  /** File whose text holds the words. */
  file?: File;
  /** Its page that fits best. */
  page?: FoundPage;
  /** The person. */
  person?: number;
  /** The town (PVD). */
  town?: number;
}

export interface FoundPage {
  /** What it is a page of; part: of a text without pages. */
  unit: PageUnit;
  /** Its number. */
  number: number;
  /** Name of a sheet. */
  name?: string;
}

export interface SearchCounts {
  /** By kind. */
  kinds: FacetValue[];
  /** By kind of resource. */
  types: FacetValue[];
  /** By theme. */
  themes: FacetValue[];
  /** By territory. */
  territories: FacetValue[];
  /** By Club. */
  clubs: FacetValue[];
  /** By year. */
  years: FacetValue[];
}

export interface FacetValue {
  /** Word of the kind, id of the theme or Club, code of the territory, or year. */
  value: string;
  /** Kind of the territory. */
  kind?: string;
  /** Name of the territory or Club. */
  name?: string;
  /** How many hits. */
  count: number;
}

export interface Session {
  /** Session. */
  id: number;
  /** A browser, or a script's token. */
  kind: SessionKind;
  /** What it may do. */
  scope: SessionScope;
  /** Browser and system, or token's name. */
  label: string;
  /** When it was opened, in ms since 1970 UTC. */
  created_at: number;
  /** When it last served, to the hour, in ms since 1970 UTC. */
  seen_at: number;
  /** When it ends by itself, in ms since 1970 UTC. */
  expires_at: number;
  /** The one that asks. */
  current: boolean;
}

export interface Synonym {
  /** Group. */
  id: number;
  /** Terms that mean the same. */
  terms: string[];
}

export interface Theme {
  /** Theme. */
  id: number;
  /** Name. */
  name: string;
}

export interface Thread {
  /** Message it is below. */
  root: Message;
  /** The person's own part. */
  mine: ThreadMine;
  /** Its last answer; itself while there is none. */
  last: number;
}

export interface ThreadMine {
  /** Message the thread is below. */
  thread: number;
  /** Its channel. */
  channel: number;
  /** Whether the person follows it. */
  following: boolean;
  /** Last answer read, 0 if none. */
  position: number;
  /** Unread answers; at the limit: at least that many. */
  unread: number;
  /** Those among them that mention the person. */
  mentions: number;
}

export interface TodayClub {
  /** Club; absent: direct conversations. */
  club?: number;
  /** Its name. */
  name?: string;
  /** Channels where something happened. */
  channels: TodayChannel[];
}

export interface TodayChannel {
  /** Channel. */
  channel: number;
  /** Its name. */
  name: string;
  /** As in the channel itself. */
  unread: number;
  /** As in the channel itself. */
  mentions: number;
  /** The last ones of others, oldest first; fewer when they are long. */
  messages: Message[];
}

export interface Token {
  /** Token. */
  id: number;
  /** What it is for. */
  label: string;
  /** What it may do. */
  scope: TokenScope;
  /** When it was made, in ms since 1970 UTC. */
  created_at: number;
  /** When it last wrote, to the hour, in ms since 1970 UTC. */
  seen_at: number;
  /** When it ends, in ms since 1970 UTC. */
  expires_at: number;
}

export interface Town {
  /** Town (a PVD). */
  id: number;
  /** Its commune, or communes together. */
  name: string;
  /** Its département or départements. */
  departements: string;
  /** No longer on the official list. */
  left?: boolean;
}

export interface Commune {
  /** INSEE code. */
  insee: string;
  /** Name. */
  name: string;
  /** Its département. */
  departement: string;
  /** Its EPCI. */
  epci?: string;
  /** Inhabitants, as the list says. */
  population?: number;
  /** Day it left the official list. */
  left_on?: string;
}

export interface Imported {
  /** INSEE code. */
  insee: string;
  /** Commune. */
  name: string;
  /** What is not as it was. */
  changed: CommunePart[];
}

export interface Unplaced {
  /** Line of the file. */
  line: number;
  /** What it begins with. */
  text: string;
  /** Why it found no place. */
  reason: string;
}

export interface ChannelShared {
  /** Channel. */
  id: number;
  /** Its Club; absent: a direct conversation. */
  club?: number;
  /** Who may read it. */
  kind: ChannelKind;
  /** Who may write in its main stream; who can write may answer in any case. */
  posting: Posting;
  /** Name. */
  name: string;
  /** What it is for. */
  purpose: string;
  /** Order in its Club; 0: an event's, in no order. */
  position: number;
  /** Kept to be read only. */
  archived: boolean;
  /** Who takes part in a direct conversation. */
  people?: number[];
}

export interface Limits {
  /** Characters of a message. */
  body_chars: number;
  /** Bytes of a message. */
  body_bytes: number;
  /** Characters of a name. */
  name_chars: number;
  /** Items of a page. */
  list_max: number;
  /** People of a direct conversation. */
  direct_people: number;
  /** Bytes of a frame. */
  frame_bytes: number;
  /** People asked about at once. */
  presence_people: number;
  /** Bytes of a file. */
  file_bytes: number;
  /** Bytes of an image. */
  image_bytes: number;
  /** Files of a message. */
  message_files: number;
}

export interface Me {
  /** Person. */
  id: number;
  /** Name. */
  name: string;
  /** E-mail address. */
  email: string;
  /** Runs Clubs, accounts and imports. */
  administrator: boolean;
}

export interface Hello {
  /** Changes when a backup is restored. */
  epoch: string;
  /** Facts above this number follow. */
  cursor: number;
  /** Protocol level. */
  level: number;
  /** Limits worth knowing. */
  limits: Limits;
  /** Who one is here. */
  me: Me;
}

export interface Breath {
  /** "typing". */
  breath: string;
  /** Where. */
  channel: number;
  /** Root of the thread. */
  thread?: number;
  /** Who. */
  person: number;
}

export interface Status {
  /** false: the disk is full or failing; commands that write are refused (1303). */
  writable: boolean;
}

/** Every command: what it takes, what it answers. */
export interface Commands {
  /** Who ticked what about whom at an event, corrections included. */
  "attendance.log": [
    {
      /** Event. */
      event: number;
      /** `next` of the page before. */
      cursor?: number;
      /** Ticks in a page. */
      limit?: number;
    },
    {
      /** Facts up to this one are in. */
      seq: number;
      /** Every tick and correction, the last first. */
      ticks: AttendanceTick[];
      /** There is another page: `cursor` for it. */
      next?: number;
    },
  ];
  /** The events of a Club with what each counted, as a CSV file. */
  "attendance.report": [
    {
      /** Club. */
      club: number;
    },
    {
      /** Media type. */
      type: string;
      /** Name to save it under. */
      name?: string;
      /** The file. */
      body: string;
      /** The same for everybody. */
      is_public: boolean;
    },
  ];
  /** Tick that somebody was at an event, or was not, or take the tick back; each is logged. */
  "attendance.set": [
    {
      /** Event. */
      event: number;
      /** Who is registered for it, in whatever state. */
      person: number;
      /** Were they there; absent: not ticked, or no longer. */
      present?: boolean;
    },
    Record<string, never>,
  ];
  /** Who is registered for an event and who was there, with the answers, as a CSV file. */
  "attendance.sheet": [
    {
      /** Event. */
      event: number;
    },
    {
      /** Media type. */
      type: string;
      /** Name to save it under. */
      name?: string;
      /** The file. */
      body: string;
      /** The same for everybody. */
      is_public: boolean;
    },
  ];
  /** How many were invited, registered, waiting and present at an event or in all of a Club's, by role and by département. */
  "attendance.summary": [
    {
      /** One event; or. */
      event?: number;
      /** all published events of a Club. */
      club?: number;
      /** Of a Club's, those that start from here, in ms since 1970 UTC. */
      from?: number;
      /** and before this, in ms since 1970 UTC. */
      to?: number;
    },
    {
      /** Facts up to this one are in. */
      seq: number;
      /** Events counted. */
      events_count: number;
      /** In all. */
      total: AttendanceCounts;
      /** By role, those who have any. */
      roles: RoleCounts[];
      /** By département, those who have any. */
      departements: DepartementCounts[];
      /** Of a Club's, the latest hundred, the last first. */
      events?: EventCounts[];
    },
  ];
  /** The calendar at a secret address: events of the last 90 days and to come, as its person sees them now. Unknown, revoked or its person suspended: not found. */
  "calendar.feed": [
    {
      /** Secret of the address. */
      token: string;
    },
    {
      /** Media type. */
      type: string;
      /** Name to save it under. */
      name?: string;
      /** The file. */
      body: string;
      /** The same for everybody. */
      is_public: boolean;
    },
  ];
  /** Archive a channel, to be read only, or bring it back. */
  "channel.archive": [
    {
      /** Channel. */
      channel: number;
      /** true to archive, false to bring it back. */
      archived: boolean;
    },
    Record<string, never>,
  ];
  /** Make a channel in a Club. */
  "channel.create": [
    {
      /** Club. */
      club: number;
      /** Chosen by the client: the same again does nothing again. */
      nonce?: string;
      /** Name, new in the Club. */
      name: string;
      /** What it is for. */
      purpose?: string;
      /** Open to the Club, or private to chosen members. */
      kind?: ClubChannelKind;
      /** Who may write in its main stream. */
      posting?: Posting;
      /** Members of the Club who are chosen for a private channel; oneself always is. */
      members?: number[];
    },
    {
      /** What was made. */
      id: number;
      /** Number of the fact that tells it. */
      seq: number;
    },
  ];
  /** An administrator makes itself a member of a private channel; its members are told. */
  "channel.enter": [
    {
      /** Private channel. */
      channel: number;
    },
    Record<string, never>,
  ];
  /** Private channels of a Club, and its events', that an administrator may enter with channel.enter. */
  "channel.enterable": [
    {
      /** Club. */
      club: number;
    },
    {
      /** Private channels, and events' living ones, the administrator has not entered. */
      channels: EnterableChannel[];
    },
  ];
  /** One channel with the person's own part of it. */
  "channel.get": [
    {
      /** Channel. */
      channel: number;
    },
    {
      /** Facts up to this one are in. */
      seq: number;
      /** Channel. */
      channel: ChannelView;
    },
  ];
  /** Channels of a Club that the person reads, archived ones included but for events'. */
  "channel.list": [
    {
      /** Club. */
      club: number;
    },
    {
      /** Facts up to this one are in. */
      seq: number;
      /** Channels the person reads, in their order. */
      channels: ChannelView[];
    },
  ];
  /** Choose a member of the Club for a private channel. */
  "channel.member_add": [
    {
      /** Private channel. */
      channel: number;
      /** Person, a member of its Club. */
      person: number;
    },
    Record<string, never>,
  ];
  /** Take a person out of a private channel; anybody may leave one. */
  "channel.member_remove": [
    {
      /** Private channel. */
      channel: number;
      /** Person, a member of its Club. */
      person: number;
    },
    Record<string, never>,
  ];
  /** Who reads a channel. */
  "channel.members": [
    {
      /** Channel. */
      channel: number;
      /** Last person of the page before. */
      after?: number;
      /** People in a page. */
      limit?: number;
    },
    {
      /** How many read it in all. */
      readers: number;
      /** Who reads it, by person. */
      members: ChannelReader[];
    },
  ];
  /** Put a channel elsewhere in the order of its Club. */
  "channel.move": [
    {
      /** Channel to move. */
      channel: number;
      /** Channel it comes before; absent: it comes last. */
      before?: number;
    },
    Record<string, never>,
  ];
  /** Says which channel this connection shows: typing is heard there only. */
  "channel.open": [
    {
      /** Channel now on screen; absent: none. */
      channel?: number;
    },
    Record<string, never>,
  ];
  /** Rename a channel, say anew what it is for, or who may write in it. */
  "channel.update": [
    {
      /** Channel. */
      channel: number;
      /** New name. */
      name?: string;
      /** New purpose. */
      purpose?: string;
      /** Who may write in its main stream from now on. */
      posting?: PostingChange;
    },
    Record<string, never>,
  ];
  /** Contact card of the service that runs a Club. */
  "club.card_get": [
    {
      /** Club. */
      club: number;
    },
    {
      /** Facts up to this one are in. */
      seq: number;
      /** The card. */
      card: ClubCard;
    },
  ];
  /** Write the contact card of a Club, all of it anew; with nothing in it, take it away. */
  "club.card_set": [
    {
      /** Club. */
      club: number;
      /** Service that runs the Club; absent, as all the rest: no card any more. */
      service?: string;
      /** Postal address, in lines. */
      address?: string;
      /** Telephone. */
      phone?: string;
      /** E-mail address. */
      email?: string;
      /** When it answers. */
      hours?: string;
      /** Whom to ask for. */
      people?: CardPerson[];
    },
    Record<string, never>,
  ];
  /** One Club with the person's rights and roles in it. */
  "club.get": [
    {
      /** Club. */
      club: number;
    },
    {
      /** Facts up to this one are in. */
      seq: number;
      /** Club. */
      club: ClubView;
    },
  ];
  /** Clubs the person sees: their own, those they are a guest in, all for an administrator. */
  "club.list": [
    Record<string, never>,
    {
      /** Facts up to this one are in. */
      seq: number;
      /** Clubs the person sees, the national one first. */
      clubs: ClubListItem[];
    },
  ];
  /** People who hold a post of a town of which the actor holds one: whom they may register. */
  "colleague.list": [
    Record<string, never>,
    {
      /** Facts up to this one are in. */
      seq: number;
      /** By name. */
      people: PersonName[];
    },
  ];
  /** The person's direct conversations. */
  "direct.list": [
    Record<string, never>,
    {
      /** Facts up to this one are in. */
      seq: number;
      /** Direct conversations, the first one first. */
      channels: ChannelView[];
      /** Who takes part in them. */
      people: PersonName[];
    },
  ];
  /** Begin a conversation with a few people, or find the one these people have. */
  "direct.open": [
    {
      /** Whom to talk to, oneself included or not. */
      people: number[];
    },
    {
      /** What was made. */
      id: number;
      /** Number of the fact that tells it. */
      seq: number;
    },
  ];
  /** People of the Clubs I belong to, by name, with counts by role, département and theme. A guest of single channels has no directory. */
  "directory.list": [
    {
      /** Of this Club; absent: of all I belong to. */
      club?: number;
      /** With a function there, by its code. */
      departement?: string;
      /** With this role. */
      role?: RoleFilter;
      /** Who say they work on this theme. */
      theme?: number;
      /** Beginnings of words of the name, of a function or of what they offer. */
      query?: string;
      /** `next` of the page before. */
      cursor?: string;
      /** People in a page. */
      limit?: number;
    },
    {
      /** Facts up to this one are in. */
      seq: number;
      /** People, by name. */
      people: Profile[];
      /** `cursor` of the next page; absent: this is the last one. */
      next?: string;
      /** In the first page only. */
      counts?: DirectoryCounts;
    },
  ];
  /** Keep what was begun in a channel, for the person's other devices. */
  "draft.set": [
    {
      /** Channel. */
      channel: number;
      /** What was begun; empty: nothing. */
      body: string;
    },
    Record<string, never>,
  ];
  /** Give a resource a new edition, a file or a link. It is the one in force from now on; links to the resource lead to it, older ones stay readable. */
  "edition.add": [
    {
      /** Resource. */
      resource: number;
      /** What changed. */
      note?: string;
      /** Key of the file it is. */
      file?: string;
      /** Or where it is, outside. */
      link?: string;
      /** Chosen by the sender, the same when it sends this again. */
      nonce: string;
    },
    {
      /** Number of the edition. */
      id: number;
      /** Told by the fact of this number. */
      seq: number;
    },
  ];
  /** Say which edition of a resource is in force. */
  "edition.use": [
    {
      /** Resource. */
      resource: number;
      /** Edition to be in force. */
      number: number;
    },
    Record<string, never>,
  ];
  /** Change what one answered to the organiser's questions, until the deadline. */
  "event.answer": [
    {
      /** Event one is registered for. */
      event: number;
      /** All answers, in place of those before. */
      answers: Answer[];
    },
    Record<string, never>,
  ];
  /** Let somebody in who asked to come: a seat if one is free, else the waiting list. */
  "event.approve": [
    {
      /** Event. */
      event: number;
      /** Who asked to come, or was refused. */
      person: number;
    },
    Record<string, never>,
  ];
  /** Events open to everybody, of the last 90 days and to come, as an Atom feed. */
  "event.atom": [
    Record<string, never>,
    {
      /** Media type. */
      type: string;
      /** Name to save it under. */
      name?: string;
      /** The file. */
      body: string;
      /** The same for everybody. */
      is_public: boolean;
    },
  ];
  /** Cancel a published event that is not over; everybody registered is told why. */
  "event.cancel": [
    {
      /** Event. */
      event: number;
      /** Why, for those concerned. */
      reason: string;
    },
    Record<string, never>,
  ];
  /** Take the seat that is held for one. */
  "event.confirm": [
    {
      /** Event with a seat held for one. */
      event: number;
    },
    Record<string, never>,
  ];
  /** Draft an event of a Club. Nobody but who runs the Club sees it until it is published. */
  "event.create": [
    {
      /** Club whose animateurs run it. */
      club: number;
      /** What it is. */
      kind: EventKind;
      /** Title. */
      title: string;
      /** Markdown. */
      description?: string;
      /** Partner body that organises it; absent: the Club. */
      organisation?: string;
      /** Semaine thématique of the same Club that it is part of. */
      parent?: number;
      /** Themes. */
      themes?: number[];
      /** To whom it is announced. */
      scope: EventScope;
      /** Region, of scope "region". */
      region?: string;
      /** Clubs, of scope "clubs". */
      clubs?: number[];
      /** Roles among them that may register; absent: all. */
      roles?: Role[];
      /** Told to everybody, in the public feed. */
      is_public?: boolean;
      /** Start; of whole days, the first midnight there, in ms since 1970 UTC. */
      starts_at: number;
      /** End; of whole days, the midnight after the last, in ms since 1970 UTC. */
      ends_at: number;
      /** Time zone of the place. */
      zone: Zone;
      /** Whole days. */
      all_day?: boolean;
      /** Place and street. */
      address?: string;
      /** Commune. */
      commune?: string;
      /** Where to meet on the network. */
      link?: string;
      /** To whom that is shown. */
      link_shown?: LinkShown;
      /** How one registers. */
      registration: RegistrationMode;
      /** Seats; absent: no limit. */
      capacity?: number;
      /** Of registrations; absent: its start, in ms since 1970 UTC. */
      deadline_at?: number;
      /** How long a freed seat is held for who was waiting. */
      hold_hours?: number;
      /** Asked of who registers; one that has an id stays. */
      questions?: Question[];
      /** Documents to read before or after. */
      documents?: EventDocumentIn[];
      /** Link to the recording. */
      replay?: string;
      /** Chosen by the sender, the same when it sends this again. */
      nonce: string;
    },
    {
      /** What was made. */
      id: number;
      /** Number of the fact that tells it. */
      seq: number;
    },
  ];
  /** Delete a draft. */
  "event.delete": [
    {
      /** Draft. */
      event: number;
    },
    Record<string, never>,
  ];
  /** Draft an event like another one, at the same hours until they are changed. */
  "event.duplicate": [
    {
      /** Event to take as a model. */
      event: number;
      /** Chosen by the sender, the same when it sends this again. */
      nonce: string;
    },
    {
      /** What was made. */
      id: number;
      /** Number of the fact that tells it. */
      seq: number;
    },
  ];
  /** One event, with what the person has to do with it. */
  "event.get": [
    {
      /** Event. */
      event: number;
    },
    {
      /** Facts up to this one are in. */
      seq: number;
      /** Event. */
      event: Event;
      /** The person's own part. */
      mine: EventMine;
      /** Place of the person in the waiting list, from 1, at this moment. */
      rank?: number;
    },
  ];
  /** An event as an iCalendar file: without a session where it is open to everybody. */
  "event.ics": [
    {
      /** Event. */
      event: number;
    },
    {
      /** Media type. */
      type: string;
      /** Name to save it under. */
      name?: string;
      /** The file. */
      body: string;
      /** The same for everybody. */
      is_public: boolean;
    },
  ];
  /** Invite people to a published event; where registration is by invitation, nobody else may register. */
  "event.invite": [
    {
      /** Event. */
      event: number;
      /** People the actor may know. */
      people: number[];
    },
    {
      /** How many were invited now; those who take part already were not. */
      invited: number;
    },
  ];
  /** Events the person sees, by their start. */
  "event.list": [
    {
      /** Those that end after this instant, in ms since 1970 UTC. */
      from?: number;
      /** Those that start before this instant, in ms since 1970 UTC. */
      to?: number;
      /** Those this Club runs, or is named to hear of. */
      club?: number;
      /** Those of this theme. */
      theme?: number;
      /** Those of this kind. */
      kind?: EventKindFilter;
      /** Only those the person is registered for, invited to or waits for. */
      mine?: boolean;
      /** The drafts the person may see, too. */
      drafts?: boolean;
      /** `next` of the page before. */
      cursor?: string;
      /** Events in a page. */
      limit?: number;
    },
    {
      /** Facts up to this one are in. */
      seq: number;
      /** Events by their start; a page may be cut short when they are long. */
      events: Event[];
      /** The person's own part of each, in the same order. */
      mine: EventMine[];
      /** `cursor` of the next page; absent: this is the last one. */
      next?: string;
    },
  ];
  /** Publish a draft, now or at an hour: who it is announced to sees it, its channel opens, and a card is posted in the announcements of its Clubs. */
  "event.publish": [
    {
      /** Event. */
      event: number;
      /** When; absent or past: now, in ms since 1970 UTC. */
      at?: number;
      /** Keep it a draft, and forget the hour set. */
      hold?: boolean;
    },
    Record<string, never>,
  ];
  /** To whom who runs a Club may announce its events. */
  "event.reach": [
    {
      /** Club that organises. */
      club: number;
    },
    {
      /** Everybody too, and each region as a whole. */
      network: boolean;
      /** Clubs, in their order. */
      clubs: ReachedClub[];
    },
  ];
  /** Turn down somebody who asked to come, with a reason. */
  "event.refuse": [
    {
      /** Event. */
      event: number;
      /** Who asked to come. */
      person: number;
      /** Why; they are told. */
      reason?: string;
    },
    Record<string, never>,
  ];
  /** Register for an event: a seat if one is free, else a place in the waiting list; where the organiser approves, a request. Once it has begun, who manages it enters who came, whatever the seats, until 60 days after its end. */
  "event.register": [
    {
      /** Event. */
      event: number;
      /** A colleague of one's own town, or anybody who may register where one manages the event; absent: oneself. */
      person?: number;
      /** To the organiser's questions. */
      answers?: Answer[];
      /** Drawn by the sender: sent again, it registers nobody twice. */
      nonce: string;
    },
    {
      /** What was made. */
      id: number;
      /** Number of the fact that tells it. */
      seq: number;
    },
  ];
  /** Take a registration back, or decline an invitation, until the event begins; the seat goes to who waits longest. */
  "event.unregister": [
    {
      /** Event. */
      event: number;
      /** Whom one registered oneself, or anybody where one manages the event; absent: oneself. */
      person?: number;
    },
    Record<string, never>,
  ];
  /** Say an event anew: all that is left out is taken away. Once it is published, those registered are told a new hour, place or link. */
  "event.update": [
    {
      /** Event. */
      event: number;
      /** What it is. */
      kind: EventKind;
      /** Title. */
      title: string;
      /** Markdown. */
      description?: string;
      /** Partner body that organises it; absent: the Club. */
      organisation?: string;
      /** Semaine thématique of the same Club that it is part of. */
      parent?: number;
      /** Themes. */
      themes?: number[];
      /** To whom it is announced. */
      scope: EventScope;
      /** Region, of scope "region". */
      region?: string;
      /** Clubs, of scope "clubs". */
      clubs?: number[];
      /** Roles among them that may register; absent: all. */
      roles?: Role[];
      /** Told to everybody, in the public feed. */
      is_public?: boolean;
      /** Start; of whole days, the first midnight there, in ms since 1970 UTC. */
      starts_at: number;
      /** End; of whole days, the midnight after the last, in ms since 1970 UTC. */
      ends_at: number;
      /** Time zone of the place. */
      zone: Zone;
      /** Whole days. */
      all_day?: boolean;
      /** Place and street. */
      address?: string;
      /** Commune. */
      commune?: string;
      /** Where to meet on the network. */
      link?: string;
      /** To whom that is shown. */
      link_shown?: LinkShown;
      /** How one registers. */
      registration: RegistrationMode;
      /** Seats; absent: no limit. */
      capacity?: number;
      /** Of registrations; absent: its start, in ms since 1970 UTC. */
      deadline_at?: number;
      /** How long a freed seat is held for who was waiting. */
      hold_hours?: number;
      /** Asked of who registers; one that has an id stays. */
      questions?: Question[];
      /** Documents to read before or after. */
      documents?: EventDocumentIn[];
      /** Link to the recording. */
      replay?: string;
    },
    Record<string, never>,
  ];
  /** Make a calendar or a shelf to follow; its secret address is shown once, only its hash is kept. */
  "feed.create": [
    {
      /** Events one is registered for or waits for, a Club's, a theme's; or a shelf. */
      kind: FeedKind;
      /** Of kind "club" or "shelf": which. */
      club?: number;
      /** Of kind "theme": which. */
      theme?: number;
    },
    {
      /** Feed, for feed.revoke. */
      id: number;
      /** The secret address, told only now. */
      url: string;
    },
  ];
  /** Calendars and shelves to follow that the person made. */
  "feed.list": [
    Record<string, never>,
    {
      /** Feeds. */
      feeds: Feed[];
    },
  ];
  /** End a calendar or a shelf to follow: its address answers no more. */
  "feed.revoke": [
    {
      /** Feed of one's own. */
      feed: number;
    },
    Record<string, never>,
  ];
  /** Announce a file, whose bytes are then sent to /fichiers/<key> (tus 1.0). It is its bringer's alone until a message, an event or a resource takes it, and forgotten after 24 hours. */
  "file.create": [
    {
      /** What it is called; folders and hidden characters are taken off. */
      name: string;
      /** How long it will be. */
      bytes: number;
    },
    {
      /** File. */
      id: number;
      /** Its address: bytes go to /fichiers/<key>. */
      key: string;
    },
  ];
  /** Forget a file one brought and gave to no place, come whole or not. */
  "file.drop": [
    {
      /** Its address. */
      key: string;
    },
    Record<string, never>,
  ];
  /** A file, to whoever sees its place; to its bringer, how much of it has come. */
  "file.get": [
    {
      /** Its address. */
      key: string;
    },
    {
      /** The file. */
      file: File;
      /** Bytes of it that are safe. */
      received: number;
      /** All of it is there. */
      whole: boolean;
      /** File; to its bringer, while it is coming. */
      id?: number;
    },
  ];
  /** How much one may bring, and has brought. */
  "file.limits": [
    Record<string, never>,
    {
      /** Of one file. */
      file_bytes: number;
      /** Of one image. */
      image_bytes: number;
      /** Of all files one brings. */
      quota_bytes: number;
      /** Of those one brought. */
      used_bytes: number;
      /** Files on their way at once. */
      files_coming: number;
      /** Files of a message. */
      message_files: number;
    },
  ];
  /** What GET /fichier/<key> and /vignette/<key> give, to whoever sees the file. */
  "file.open": [
    {
      /** Its address. */
      key: string;
      /** Its small picture instead. */
      thumbnail?: boolean;
    },
    {
      /** SHA-256 of its content, in hex. */
      hash: string;
      /** Media type. */
      type: string;
      /** Name to save it under. */
      name: string;
      /** How long it is. */
      bytes: number;
      /** The same for everybody, without a session. */
      is_public: boolean;
    },
  ];
  /** People let into single channels of a Club. */
  "guest.list": [
    {
      /** Club. */
      club: number;
    },
    {
      /** Guests, by channel and name. */
      guests: Guest[];
    },
  ];
  /** Accept an invitation. A new address chooses its password; one that has an account is logged in, or gives its password. The session's secret comes in the cookie. */
  "invitation.accept": [
    {
      /** What follows # in the link. */
      token: string;
      /** Name of a new account; absent: as it was given. */
      name?: string;
      /** Password chosen for a new account, or that of the account the address has. */
      password?: string;
    },
    {
      /** Who came in. */
      person: Account;
      /** Where they came in. */
      club: number;
      /** The one channel of it. */
      channel?: number;
    },
  ];
  /** What an invitation's link is for; it stays as it is. */
  "invitation.get": [
    {
      /** What follows # in the link. */
      token: string;
    },
    {
      /** Club one is invited into. */
      club: string;
      /** The one channel of it. */
      channel?: string;
      /** Address that was invited. */
      email: string;
      /** Name that was given. */
      name: string;
      /** Function it gives. */
      label: string;
      /** Who invites. */
      invited_by?: string;
      /** When the link ends, in ms since 1970 UTC. */
      expires_at: number;
      /** The address has an account: its password is asked, not a new one. */
      account: boolean;
      /** It is the account that is logged in: nothing is asked. */
      mine: boolean;
    },
  ];
  /** Invitations of a Club that wait for an answer. */
  "invitation.list": [
    {
      /** Club. */
      club: number;
    },
    {
      /** Those not answered yet, the latest first. */
      invitations: InvitationShown[];
    },
  ];
  /** Send an invitation again with another link; the one before no longer serves. */
  "invitation.resend": [
    {
      /** Invitation not answered yet. */
      invitation: number;
    },
    {
      /** Invitation. */
      invitation: number;
      /** Link, shown only now. */
      link: string;
      /** When it ends, in ms since 1970 UTC. */
      expires_at: number;
    },
  ];
  /** Take an invitation back: its link no longer serves. */
  "invitation.revoke": [
    {
      /** Invitation not answered yet. */
      invitation: number;
    },
    Record<string, never>,
  ];
  /** Bring people in from a table: those with an account get their post or place, others are invited. Says what becomes of each line; nobody is removed. */
  "member.import": [
    {
      /** The file, as UTF-8 text. */
      csv: string;
      /** Only say what would change. */
      dry_run?: boolean;
    },
    {
      /** Lines that invite somebody. */
      invited: number;
      /** Lines that give a post or place. */
      given: number;
      /** Lines that were so already. */
      unchanged: number;
      /** Lines that could not be followed. */
      refused: number;
      /** Each line of the file. */
      lines: MemberLine[];
    },
  ];
  /** Invite somebody into a Club or one channel of it, by a link that is mailed and shown. */
  "member.invite": [
    {
      /** Club. */
      club: number;
      /** One channel of it; absent: the whole Club. */
      channel?: number;
      /** Whom: e-mail address. */
      email: string;
      /** Whom: name. */
      name: string;
      /** Role. */
      role: Role;
      /** Town, of a chef de projet. */
      town?: number;
      /** Organisation, of an élu, partenaire or lecteur. */
      organisation?: string;
    },
    {
      /** Invitation. */
      invitation: number;
      /** Link, shown only now. */
      link: string;
      /** When it ends, in ms since 1970 UTC. */
      expires_at: number;
    },
  ];
  /** Members of a Club, by name; with a query, those it may mean (for mentions). */
  "member.list": [
    {
      /** Club. */
      club: number;
      /** Beginning of a word of the name, or part of the function. */
      query?: string;
      /** Last person of the page before. */
      after?: number;
      /** Members in a page. */
      limit?: number;
    },
    {
      /** Facts up to this one are in. */
      seq: number;
      /** Members of the whole Club, by name. */
      members: Member[];
      /** There is another page. */
      more?: boolean;
    },
  ];
  /** Give an invited member another role, organisation or end. */
  "membership.change": [
    {
      /** Membership by invitation. */
      membership: number;
      /** élu, partenaire or lecteur. */
      role: Role;
      /** Organisation; absent: none. */
      organisation?: string;
      /** Day it ends; absent: open, in ms since 1970 UTC. */
      until?: number;
    },
    {
      /** The membership that takes its place. */
      membership: number;
    },
  ];
  /** Remove an invited member from a Club, or a guest from a channel. */
  "membership.end": [
    {
      /** Membership by invitation. */
      membership: number;
    },
    Record<string, never>,
  ];
  /** Delete a message with all its wordings, reactions and mentions; its place stays. */
  "message.delete": [
    {
      /** Message. */
      message: number;
    },
    Record<string, never>,
  ];
  /** Give a message another wording; those it had stay visible. */
  "message.edit": [
    {
      /** Message. */
      message: number;
      /** Markdown it is to have; may be empty where it has files, which stay. */
      body: string;
    },
    Record<string, never>,
  ];
  /** One message, for a link to it. */
  "message.get": [
    {
      /** Message. */
      message: number;
    },
    {
      /** Facts up to this one are in. */
      seq: number;
      /** Message. */
      message: Message;
    },
  ];
  /** Wordings a message has had. */
  "message.history": [
    {
      /** Message. */
      message: number;
      /** Wordings before this one. */
      before?: number;
    },
    {
      /** Wordings, the last one first; none of a deleted message. */
      versions: MessageVersion[];
      /** There are earlier ones. */
      more: boolean;
    },
  ];
  /** Messages of a channel's main stream or of a thread: the last ones, or those beside one. */
  "message.list": [
    {
      /** Channel. */
      channel: number;
      /** Answers below this message, not the main stream. */
      thread?: number;
      /** The last ones before this id. */
      before?: number;
      /** The first ones after this id; 0: the very first. */
      after?: number;
      /** This message, and those on both sides of it. */
      around?: number;
      /** Messages in a page. */
      limit?: number;
    },
    {
      /** Facts up to this one are in. */
      seq: number;
      /** Messages, oldest first; a page may be cut short when they are long. */
      messages: Message[];
      /** There are earlier ones. */
      more_before: boolean;
      /** There are later ones. */
      more_after: boolean;
    },
  ];
  /** Post a message in a channel, or an answer below one. */
  "message.post": [
    {
      /** Channel to post in. */
      channel: number;
      /** Markdown; may be empty where there are files. */
      body: string;
      /** Chosen by the sender, the same when it sends this again. */
      nonce: string;
      /** Message of the main stream to answer. */
      thread?: number;
      /** Keys of files to attach: one's own that came whole, or any one sees. */
      files?: string[];
    },
    {
      /** What was made. */
      id: number;
      /** Number of the fact that tells it. */
      seq: number;
    },
  ];
  /** Search every message the person may read. */
  "message.search": [
    {
      /** Words that must all be there; between quotes, one after the other. */
      query: string;
      /** Only in this Club. */
      club?: number;
      /** Only in this channel. */
      channel?: number;
      /** Only by this person. */
      author?: number;
      /** Only from this instant on, in ms since 1970 UTC. */
      after?: number;
      /** Only before this instant, in ms since 1970 UTC. */
      before?: number;
      /** The last ones first, or those that fit best. */
      order?: SearchOrder;
      /** Hits in a page. */
      limit?: number;
      /** `next` of the page before. */
      cursor?: number;
    },
    {
      /** Facts up to this one are in. */
      seq: number;
      /** Hits. */
      hits: Hit[];
      /** `cursor` of the next page; absent: this is the last one. */
      next?: number;
      /** Only the newest few hundred matches were put in order. */
      cut: boolean;
    },
  ];
  /** What concerns the person in events and in the library, the last first. */
  "notice.list": [
    {
      /** `next` of the page before. */
      cursor?: number;
      /** Notices in a page. */
      limit?: number;
    },
    {
      /** Facts up to this one are in. */
      seq: number;
      /** Last notice seen. */
      position: number;
      /** What concerns the person, the last one first. */
      notices: Notice[];
      /** There is another page: `cursor` for it. */
      next?: number;
    },
  ];
  /** Say up to where the notices are seen. */
  "notice.see": [
    {
      /** Last notice seen; never goes back. */
      position: number;
    },
    Record<string, never>,
  ];
  /** Choose what notifies in a channel: everything, mentions, or nothing. */
  "notification.set": [
    {
      /** Channel. */
      channel: number;
      /** What notifies the person. */
      level: Level;
    },
    Record<string, never>,
  ];
  /** A page of the operator's, for everybody. */
  "page.get": [
    {
      /** Which page. */
      slug: PageSlug;
    },
    {
      /** Markdown; empty until it is written. */
      body: string;
      /** Its tree, as of a message. */
      nodes: Nodes;
      /** When it was last written, in ms since 1970 UTC. */
      updated_at?: number;
    },
  ];
  /** Write one of the operator's pages. */
  "page.set": [
    {
      /** Which page. */
      slug: PageSlug;
      /** Markdown. */
      body: string;
    },
    Record<string, never>,
  ];
  /** Choose another password; my other browsers are logged out. */
  "password.change": [
    {
      /** Password. */
      current: string;
      /** New password: 12 characters at least, not a common one. */
      next: string;
    },
    Record<string, never>,
  ];
  /** Ask for a link to a new password by mail. The answer is the same for an unknown address. */
  "password.forgot": [
    {
      /** E-mail address. */
      email: string;
    },
    Record<string, never>,
  ];
  /** Choose a new password with the link received; every session and token of mine ends. */
  "password.reset": [
    {
      /** What follows # in the link. */
      token: string;
      /** New password: 12 characters at least, not a common one. */
      password: string;
    },
    Record<string, never>,
  ];
  /** Erase a person: name, address, sessions, drafts, unsent mail, and with "remove" all they wrote. It cannot be undone, and is done again after a restore. */
  "person.erase": [
    {
      /** Person. */
      person: number;
      /** Their messages keep their place without name, or go. */
      messages: ErasedMessages;
    },
    Record<string, never>,
  ];
  /** What erasing a person would remove, end and leave. */
  "person.erase_preview": [
    {
      /** Person. */
      person: number;
    },
    {
      /** Who would be erased. */
      person: Account;
      /** Messages: kept without name, or removed. */
      messages: number;
      /** Channels and conversations these are in. */
      channels: number;
      /** Reactions: stay, without name. */
      reactions: number;
      /** Drafts: removed. */
      drafts: number;
      /** Messages kept for later: forgotten. */
      saved: number;
      /** Posts held: ended, the posts stay. */
      posts: number;
      /** Memberships: ended. */
      memberships: number;
      /** Registrations for events: counted on without name, seats to come are given on. */
      registrations: number;
      /** Unsent mail: removed. */
      mails: number;
      /** Resources: kept without author where others saw them, drafts removed. */
      resources: number;
      /** Files: kept without name as long as their message, event or resource; those given to none removed. */
      files: number;
      /** 1: a profile, removed. */
      profile: number;
    },
  ];
  /** All that is kept about a person; what they wrote comes page by page. */
  "person.export": [
    {
      /** Oneself, or anybody for an administrator. */
      person: number;
      /** Last message of the page before. */
      after?: number;
    },
    {
      /** Account, sessions, memberships, posts, drafts...; in the first page only. */
      about: PersonData;
      /** Messages with all their wordings. */
      messages: PersonMessages;
      /** Messages and drafts left out, from where the reader may not read; in the first page. */
      withheld: number;
      /** There is another page: `after` for it. */
      next?: number;
    },
  ];
  /** The account of an e-mail address. */
  "person.find": [
    {
      /** E-mail address. */
      email: string;
    },
    {
      /** The account. */
      person: Account;
    },
  ];
  /** Accounts of the whole server. */
  "person.list": [
    {
      /** Beginning of a word of the name, or part of the address. */
      query?: string;
      /** Last person of the page before. */
      after?: number;
      /** People in a page. */
      limit?: number;
    },
    {
      /** Accounts in the order they were made. */
      people: Account[];
      /** There is another page. */
      more?: boolean;
    },
  ];
  /** Let a suspended person back in, with all they had. */
  "person.return": [
    {
      /** Suspended person. */
      person: number;
    },
    Record<string, never>,
  ];
  /** Keep a person out, for a time or until person.return: their live sockets are closed, and nothing of theirs is lost. */
  "person.suspend": [
    {
      /** Person. */
      person: number;
      /** When they come back; absent: until person.return, in ms since 1970 UTC. */
      until?: number;
    },
    Record<string, never>,
  ];
  /** Messages pinned in a channel. */
  "pin.list": [
    {
      /** Channel. */
      channel: number;
      /** Last message of the page before. */
      before?: number;
    },
    {
      /** Facts up to this one are in. */
      seq: number;
      /** Pinned messages, the last pinned first. */
      messages: Message[];
      /** There are more, pinned earlier. */
      more: boolean;
    },
  ];
  /** Pin a message in its channel, or unpin it. */
  "pin.set": [
    {
      /** Message. */
      message: number;
      /** true to pin it, false to unpin it. */
      pinned: boolean;
    },
    Record<string, never>,
  ];
  /** Answers at once: so that a browser notices a dead line. */
  "ping": [
    Record<string, never>,
    Record<string, never>,
  ];
  /** Posts of a Club with who holds and held them; vacant towns included. */
  "post.list": [
    {
      /** Club. */
      club: number;
    },
    {
      /** The animateur's, then those of the towns by name. */
      posts: Post[];
    },
  ];
  /** Which of these people are connected now, among those one shares a place with. */
  "presence.ask": [
    {
      /** People on screen. */
      people: number[];
    },
    {
      /** Those who are connected. */
      people: number[];
    },
  ];
  /** A person: functions, themes, what they can help with, and how to reach them, as far as they show it to the one who asks. One's own comes as others see it. */
  "profile.get": [
    {
      /** Person. */
      person: number;
    },
    {
      /** Facts up to this one are in. */
      seq: number;
      /** The person. */
      profile: Profile;
      /** write: begin a direct conversation; edit: it is one's own. */
      can: ProfileCan[];
    },
  ];
  /** What I wrote of myself and what of it I show, to change it. */
  "profile.mine": [
    Record<string, never>,
    {
      /** Facts up to this one are in. */
      seq: number;
      /** What I can help with. */
      offer: string;
      /** My telephone. */
      phone: string;
      /** Address of my account. */
      email: string;
      /** Themes I work on. */
      themes: number[];
      /** What people of my Clubs see. */
      shows: Shown[];
    },
  ];
  /** What I say of myself, all of it anew, and what of it people of my Clubs see. */
  "profile.set": [
    {
      /** What I can help with. */
      offer?: string;
      /** My telephone. */
      phone?: string;
      /** Themes I work on. */
      themes: number[];
      /** What people of my Clubs see; the rest nobody does. */
      shows: Shown[];
    },
    Record<string, never>,
  ];
  /** Change my name, wherever it is or was shown. */
  "profile.update": [
    {
      /** Name. */
      name: string;
    },
    Record<string, never>,
  ];
  /** Who reacted to a message with an emoji, by name. */
  "reaction.list": [
    {
      /** Message. */
      message: number;
      /** Emoji. */
      emoji: string;
    },
    {
      /** Facts up to this one are in. */
      seq: number;
      /** Who reacted with it, the first one first. */
      people: PersonName[];
    },
  ];
  /** React to a message with an emoji, or take that back. */
  "reaction.set": [
    {
      /** Message. */
      message: number;
      /** One emoji. */
      emoji: string;
      /** true to react with it, false to take that back. */
      on: boolean;
    },
    Record<string, never>,
  ];
  /** Say up to where a channel's main stream is read. */
  "read.set": [
    {
      /** Channel. */
      channel: number;
      /** Last message read; lower than before marks as unread from there. */
      position: number;
    },
    {
      /** Channel. */
      channel: number;
      /** Last message read of the main stream, 0 if none. */
      position: number;
      /** Unread messages; at the limit: at least that many. */
      unread: number;
      /** Those among them that mention the person. */
      mentions: number;
    },
  ];
  /** Who comes to an event, waits for a seat, asks to come or did: page by page, with their answers. */
  "registration.list": [
    {
      /** Event. */
      event: number;
      /** `next` of the page before. */
      cursor?: number;
      /** Registrations in a page. */
      limit?: number;
    },
    {
      /** Facts up to this one are in. */
      seq: number;
      /** In the order they first came. */
      registrations: RegistrationShown[];
      /** Of all registrations, not of this page. */
      counts: AttendanceCounts;
      /** There is another page: `cursor` for it. */
      next?: number;
    },
  ];
  /** Which reminders of events the person wants. */
  "reminder.get": [
    Record<string, never>,
    {
      /** A week before. */
      week: boolean;
      /** A day before. */
      day: boolean;
      /** An hour before. */
      hour: boolean;
    },
  ];
  /** Choose which reminders of events to get, by mail and in the page. */
  "reminder.set": [
    {
      /** A week before. */
      week: boolean;
      /** A day before. */
      day: boolean;
      /** An hour before. */
      hour: boolean;
    },
    Record<string, never>,
  ];
  /** Draft a resource for the shelf of a Club, with its first edition: a file, a link, or nothing but its record. Nobody but its author sees it until it is proposed. */
  "resource.create": [
    {
      /** Club whose shelf it is for. */
      club: number;
      /** What it is. */
      kind: ResourceKind;
      /** Title. */
      title: string;
      /** Markdown. */
      summary?: string;
      /** Who made it; absent: the Club. */
      organisation?: string;
      /** Themes. */
      themes?: number[];
      /** Where it is about; absent: everywhere. */
      territories?: Territory[];
      /** Date of the work: "2026", "2026-03" or "2026-03-17". */
      dated_on?: string;
      /** What one may do with it. */
      licence: Licence;
      /** Where it comes from. */
      source?: string;
      /** Where that is. */
      source_link?: string;
      /** Shown to everybody once published; for who keeps the shelf to say. */
      is_public?: boolean;
      /** Of a fiche-projet. */
      fiche?: Fiche;
      /** Key of the file it is: one's own, or one that may be read. */
      file?: string;
      /** Or where it is, outside. */
      link?: string;
      /** Message it is taken from. */
      source_message?: number;
      /** Chosen by the sender, the same when it sends this again. */
      nonce: string;
    },
    {
      /** What was made. */
      id: number;
      /** Number of the fact that tells it. */
      seq: number;
    },
  ];
  /** Delete a resource that was never published, with its files. */
  "resource.delete": [
    {
      /** Resource that was never published. */
      resource: number;
    },
    Record<string, never>,
  ];
  /** One resource, with what the person can do with it. */
  "resource.get": [
    {
      /** Resource. */
      resource: number;
    },
    {
      /** Facts up to this one are in. */
      seq: number;
      /** Resource. */
      resource: Resource;
      /** What the person can do with it. */
      can: ResourceCan[];
      /** Who drafted it, if the person knows them. */
      author?: PersonName;
      /** Message it was taken from, if the person may read that. */
      source_message?: number;
      /** Channel of that message. */
      source_channel?: number;
    },
  ];
  /** Resources the person sees: of one shelf, of the national library, of both, or of all. */
  "resource.list": [
    {
      /** Those on the shelf of this Club. */
      club?: number;
      /** Those of the national library: beside that shelf, or alone. */
      national?: boolean;
      /** Those of this kind. */
      kind?: ResourceKindFilter;
      /** Those of this theme. */
      theme?: number;
      /** Those about this territory, or about one that lies in it. */
      territory?: Territory;
      /** Those in this state; absent: published. */
      state?: ResourceStateFilter;
      /** Only those the person drafted. */
      mine?: boolean;
      /** The last published first, or the last by their own date. */
      order?: ResourceOrder;
      /** `next` of the page before. */
      cursor?: string;
      /** Resources in a page. */
      limit?: number;
    },
    {
      /** Facts up to this one are in. */
      seq: number;
      /** Resources; a page may be cut short when they are long. */
      resources: Resource[];
      /** What the person can do on the shelf asked for, or on the national one. */
      can: ShelfCan[];
      /** `cursor` of the next page; absent: this is the last one. */
      next?: string;
    },
  ];
  /** Propose a draft, or one that was returned, to those who keep its shelf. */
  "resource.propose": [
    {
      /** Resource. */
      resource: number;
    },
    Record<string, never>,
  ];
  /** Publish a resource on its shelf, now or at an hour: who sees that shelf sees it, a card is posted in the announcements of the Clubs concerned, and its author is told. */
  "resource.publish": [
    {
      /** Resource. */
      resource: number;
      /** When; absent or past: now, in ms since 1970 UTC. */
      at?: number;
    },
    Record<string, never>,
  ];
  /** Ask for changes in a resource that is proposed, or scheduled; its author is told. */
  "resource.return": [
    {
      /** Resource. */
      resource: number;
      /** What is asked for. */
      remark: string;
    },
    Record<string, never>,
  ];
  /** What is proposed for a shelf, by whom and since when; and for each of the next Wednesdays, the programme's day of fiches-projets, those of that day. */
  "resource.review": [
    {
      /** Club whose shelf it is. */
      club: number;
    },
    {
      /** Facts up to this one are in. */
      seq: number;
      /** What is proposed, the longest waiting first. */
      proposed: Proposal[];
      /** There are others, to be seen once these are done. */
      more: boolean;
      /** The next twelve Wednesdays, today included. */
      slots: ReviewSlot[];
    },
  ];
  /** Say the record of a resource anew: all that is left out is taken away. Its editions and the conversation it comes from stay. */
  "resource.update": [
    {
      /** Resource. */
      resource: number;
      /** What it is. */
      kind: ResourceKind;
      /** Title. */
      title: string;
      /** Markdown. */
      summary?: string;
      /** Who made it; absent: the Club. */
      organisation?: string;
      /** Themes. */
      themes?: number[];
      /** Where it is about; absent: everywhere. */
      territories?: Territory[];
      /** Date of the work: "2026", "2026-03" or "2026-03-17". */
      dated_on?: string;
      /** What one may do with it. */
      licence: Licence;
      /** Where it comes from. */
      source?: string;
      /** Where that is. */
      source_link?: string;
      /** Shown to everybody once published; for who keeps the shelf to say. */
      is_public?: boolean;
      /** Of a fiche-projet. */
      fiche?: Fiche;
    },
    Record<string, never>,
  ];
  /** Take a published resource off its shelf: only its author and those who keep the shelf still see it, and may publish it again. Its cards go. */
  "resource.withdraw": [
    {
      /** Resource. */
      resource: number;
      /** Why. */
      remark?: string;
    },
    Record<string, never>,
  ];
  /** Messages the person keeps for later. */
  "saved.list": [
    {
      /** Last message of the page before. */
      before?: number;
      /** Messages in a page. */
      limit?: number;
    },
    {
      /** Facts up to this one are in. */
      seq: number;
      /** Those the person may still read, the last kept first. */
      messages: Message[];
      /** There are more, kept earlier. */
      more: boolean;
    },
  ];
  /** Keep a message for later, or let it go. */
  "saved.set": [
    {
      /** Message. */
      message: number;
      /** true to keep it, false to let it go. */
      saved: boolean;
    },
    Record<string, never>,
  ];
  /** Search messages, events, resources with the text inside them, people and towns, as far as the person may see them. All words must be there; where too few hold them all, those that hold most come too. */
  "search.find": [
    {
      /** Words looked for; between quotes, one after the other. */
      query: string;
      /** Only these kinds. */
      kinds?: HitKind[];
      /** Only resources of this kind. */
      kind_of_resource?: ResourceKindFilter;
      /** Only of this theme. */
      theme?: number;
      /** Only about this territory, or one that lies in it. */
      territory?: Territory;
      /** Only of this Club. */
      club?: number;
      /** Only from this instant on, in ms since 1970 UTC. */
      after?: number;
      /** Only before this instant, in ms since 1970 UTC. */
      before?: number;
      /** Those that fit best first, or the last ones. */
      order?: FindOrder;
      /** `next` of the page before. */
      cursor?: string;
      /** Hits in a page. */
      limit?: number;
    },
    {
      /** Facts up to this one are in. */
      seq: number;
      /** Hits. */
      hits: SearchHit[];
      /** `cursor` of the next page; absent: this is the last one. */
      next?: string;
      /** There is more than was looked at: counts are "at least". */
      cut: boolean;
      /** How many there are by each filter, the others applied. */
      counts: SearchCounts;
    },
  ];
  /** Log out: this session ends, its live sockets are closed, the cookie is cleared. */
  "session.close": [
    Record<string, never>,
    Record<string, never>,
  ];
  /** My open sessions and tokens. */
  "session.list": [
    Record<string, never>,
    {
      /** Those still open, the last one that served first. */
      sessions: Session[];
    },
  ];
  /** Log in. The session's secret comes in the cookie; over HTTP only. */
  "session.open": [
    {
      /** E-mail address. */
      email: string;
      /** Password. */
      password: string;
    },
    {
      /** Who is logged in. */
      person: Account;
      /** When they will have to log in again, in ms since 1970 UTC. */
      expires_at: number;
    },
  ];
  /** Brings what was missed since a cursor, then what follows; or says to load everything again. */
  "session.resume": [
    {
      /** Epoch of the cursor, from `hello`. */
      epoch: string;
      /** Number of the last fact taken in. */
      cursor: number;
    },
    {
      /** What follows is above this number. */
      cursor: number;
      /** true: nothing could be brought; load everything again. */
      reload: boolean;
    },
  ];
  /** End one of my sessions or tokens; its live sockets are closed within a second. */
  "session.revoke": [
    {
      /** One of my sessions or tokens. */
      session: number;
    },
    Record<string, never>,
  ];
  /** The shelf of a Club as an Atom feed, the last published first. Not found unless all that is published there is public. */
  "shelf.atom": [
    {
      /** Club whose shelf it is. */
      club: number;
    },
    {
      /** Media type. */
      type: string;
      /** Name to save it under. */
      name?: string;
      /** The file. */
      body: string;
      /** The same for everybody. */
      is_public: boolean;
    },
  ];
  /** The shelf at a secret address, as its person sees it now, the last published first. Unknown, revoked or its person suspended: not found. */
  "shelf.feed": [
    {
      /** Secret of the address. */
      token: string;
    },
    {
      /** Media type. */
      type: string;
      /** Name to save it under. */
      name?: string;
      /** The file. */
      body: string;
      /** The same for everybody. */
      is_public: boolean;
    },
  ];
  /** What a client loads first: the Clubs and channels of the person, as of one moment. */
  "state.get": [
    Record<string, never>,
    {
      /** Facts up to this one are in. */
      seq: number;
      /** Clubs seen. */
      clubs: ClubView[];
      /** Channels of one's own Clubs by Club and order, then direct conversations. */
      channels: ChannelView[];
      /** Who takes part in these conversations. */
      people: PersonName[];
    },
  ];
  /** Forget a group of synonyms; its terms stay words like others. */
  "synonym.delete": [
    {
      /** Group. */
      synonym: number;
    },
    Record<string, never>,
  ];
  /** Terms that search takes as the same. */
  "synonym.list": [
    Record<string, never>,
    {
      /** Facts up to this one are in. */
      seq: number;
      /** Groups, by their first term. */
      synonyms: Synonym[];
    },
  ];
  /** Make a group of terms that mean the same, or change one. */
  "synonym.set": [
    {
      /** Group to change; absent: a new one. */
      synonym?: number;
      /** All its terms, words or expressions. */
      terms: string[];
    },
    {
      /** Group. */
      id: number;
    },
  ];
  /** End a tenure, now or at a date: its person leaves the Clubs it brought them into. The post and what was written under it stay for who comes next. */
  "tenure.end": [
    {
      /** Tenure. */
      tenure: number;
      /** When; absent or past: now, in ms since 1970 UTC. */
      at?: number;
    },
    Record<string, never>,
  ];
  /** Give a post, now or from a date. Two people may hold it at once. */
  "tenure.give": [
    {
      /** Club whose animateur it is, or that the town belongs to. */
      club: number;
      /** Who gets the post; somebody one shares a Club with. */
      person: number;
      /** Town of a chef de projet; absent: animateur of the Club. */
      town?: number;
      /** Absent: now, in ms since 1970 UTC. */
      starts_at?: number;
      /** Absent: open, in ms since 1970 UTC. */
      ends_at?: number;
    },
    {
      /** The new tenure. */
      tenure: number;
    },
  ];
  /** Towns, communes, EPCI and départements by the beginning of their names or their codes. */
  "territory.find": [
    {
      /** Beginning of a name or of one of its words, or a whole code. */
      query: string;
    },
    {
      /** Those found, that begin so before those with a word that does. */
      territories: Territory[];
    },
  ];
  /** Themes events and resources are filed under. */
  "theme.list": [
    Record<string, never>,
    {
      /** Facts up to this one are in. */
      seq: number;
      /** Themes of the programme, in their order. */
      themes: Theme[];
    },
  ];
  /** Follow a thread, or no longer. */
  "thread.follow": [
    {
      /** Message of the main stream. */
      thread: number;
      /** true to follow what is answered to it. */
      follow: boolean;
    },
    {
      /** Message the thread is below. */
      thread: number;
      /** Its channel. */
      channel: number;
      /** Whether the person follows it. */
      following: boolean;
      /** Last answer read, 0 if none. */
      position: number;
      /** Unread answers; at the limit: at least that many. */
      unread: number;
      /** Those among them that mention the person. */
      mentions: number;
    },
  ];
  /** Threads the person follows, with what is unread in each. */
  "thread.list": [
    {
      /** `last` of the last thread of the page before. */
      before?: number;
      /** Threads in a page. */
      limit?: number;
    },
    {
      /** Facts up to this one are in. */
      seq: number;
      /** Threads the person follows, the last answered first. */
      threads: Thread[];
      /** There are more, answered earlier. */
      more: boolean;
    },
  ];
  /** Say up to where a followed thread is read. */
  "thread.read": [
    {
      /** Thread. */
      thread: number;
      /** Last answer read; lower than before marks as unread from there. */
      position: number;
    },
    {
      /** Message the thread is below. */
      thread: number;
      /** Its channel. */
      channel: number;
      /** Whether the person follows it. */
      following: boolean;
      /** Last answer read, 0 if none. */
      position: number;
      /** Unread answers; at the limit: at least that many. */
      unread: number;
      /** Those among them that mention the person. */
      mentions: number;
    },
  ];
  /** What happened in each Club since the person left, and what mentions them. */
  "today.get": [
    {
      /** Show what came from this instant on; absent: what is not read yet, in ms since 1970 UTC. */
      since?: number;
    },
    {
      /** Facts up to this one are in. */
      seq: number;
      /** Clubs where something happened, then direct conversations. */
      clubs: TodayClub[];
      /** What mentions the person, the last one first. */
      mentions: Message[];
    },
  ];
  /** Make a bearer token for a script; its secret is shown once, only its hash is kept. */
  "token.create": [
    {
      /** Whose: oneself; anybody's from the command line. */
      person: number;
      /** What it is for. */
      label: string;
      /** "all" that its person may do, or queries only. */
      scope?: TokenScope;
      /** How long it serves; 365 by default. */
      days?: number;
    },
    {
      /** Token, for token.revoke. */
      id: number;
      /** The secret, shown only now. */
      token: string;
      /** When it ends, in ms since 1970 UTC. */
      expires_at: number;
    },
  ];
  /** Bearer tokens of a person. */
  "token.list": [
    {
      /** Whose. */
      person: number;
    },
    {
      /** Tokens. */
      tokens: Token[];
    },
  ];
  /** End a bearer token; its live sockets are closed within a second. */
  "token.revoke": [
    {
      /** Whose. */
      person: number;
      /** Token. */
      token: number;
    },
    Record<string, never>,
  ];
  /** A town and its communes. */
  "town.get": [
    {
      /** Town. */
      town: number;
    },
    {
      /** The town. */
      town: Town;
      /** Its communes, those that left included. */
      communes: Commune[];
    },
  ];
  /** Bring the official list of towns in; says what came in, left and changed, and line by line what found no place. Doing it twice changes nothing. */
  "town.import": [
    {
      /** The file, as UTF-8 text. */
      csv: string;
      /** Only say what would change. */
      dry_run?: boolean;
    },
    {
      /** Communes that found their place. */
      communes: number;
      /** Towns they make. */
      towns: number;
      /** Communes that came in, or back. */
      came: Imported[];
      /** Communes no longer on the list. */
      left: Imported[];
      /** Communes that are not as they were. */
      changed: Imported[];
      /** Lines that could not be placed. */
      unplaced: Unplaced[];
    },
  ];
  /** Towns by the beginning of their name, whatever its accents, hyphens and capitals. */
  "town.search": [
    {
      /** Beginning of a name or of one of its words, or an INSEE code. */
      query: string;
    },
    {
      /** Towns found. */
      towns: Town[];
    },
  ];
  /** Says that one is writing, to those who have the channel open. Forgotten after 6 seconds. */
  "typing.set": [
    {
      /** Channel one is writing in. */
      channel: number;
      /** Root of the thread, if it is an answer. */
      thread?: number;
    },
    Record<string, never>,
  ];
}

/** Every fact: what it carries beside its number and name. */
export interface Facts {
  /** Who runs an event ticked that somebody was there, or was not, or took the tick back. */
  "attendance.changed": {
      /** Event. */
      event: number;
      /** Who is registered for it, in whatever state. */
      person: number;
      /** Were they there; absent: not ticked, or no longer. */
      present?: boolean;
    };
  /** A channel was renamed, moved, archived, or its rules changed. */
  "channel.changed": {
      /** The channel as it is now. */
      channel: ChannelShared;
    };
  /** The person now hears a Club or channel: fetch it. To a guest the Club comes and goes with its channels and is not told apart. */
  "access.gained": {
      /** What it is about. */
      kind: AccessKind;
      /** That Club or channel. */
      id: number;
      /** What the person can do there now. */
      can: Can[];
    };
  /** The person can do other things in a Club or channel they hear, or is called there by other roles: fetch it again. */
  "access.changed": {
      /** What it is about. */
      kind: AccessKind;
      /** That Club or channel. */
      id: number;
      /** What the person can do there now. */
      can: Can[];
    };
  /** The person no longer hears a Club or channel: drop it. Each channel of a Club is told apart, after it; who is still a guest in one of them keeps the Club, and can do nothing in it. */
  "access.lost": {
      /** What it is about. */
      kind: AccessKind;
      /** That Club or channel. */
      id: number;
    };
  /** An administrator entered a private channel. */
  "channel.entered": {
      /** Channel. */
      channel: number;
      /** Person. */
      person: number;
      /** Name. */
      name?: string;
    };
  /** A person was chosen for a private channel. */
  "channel.member_added": {
      /** Channel. */
      channel: number;
      /** Person. */
      person: number;
      /** Name. */
      name?: string;
    };
  /** A person left a private channel. */
  "channel.member_removed": {
      /** Channel. */
      channel: number;
      /** Person. */
      person: number;
      /** Name. */
      name?: string;
    };
  /** The contact card of a Club was written anew. */
  "club.card_changed": {
      /** The card, whole. */
      card: ClubCard;
    };
  /** The person's draft in a channel is another now. */
  "draft.changed": {
      /** Channel. */
      channel: number;
      /** What was begun; empty: nothing. */
      body: string;
    };
  /** A resource came to this audience, or is not as it was; who did not hold it holds it now. */
  "resource.changed": {
      /** The resource as it is now. */
      resource: Resource;
    };
  /** A resource was deleted or withdrawn, or this audience no longer sees it: drop it. Who hears of it in another way is told it again right after. */
  "resource.gone": {
      /** Resource. */
      resource: number;
    };
  /** A member of a Club, or a guest of one of its channels, is new or stands there otherwise. */
  "member.changed": {
      /** Club. */
      club: number;
      /** Channel they are a guest of; absent: the whole Club. */
      channel?: number;
      /** The member as they stand now. */
      member: Member;
    };
  /** A person is no member of a Club, or no guest of a channel, any more. */
  "member.left": {
      /** Club. */
      club: number;
      /** Channel they were a guest of. */
      channel?: number;
      /** Who is no member any more. */
      person: number;
    };
  /** A person was erased: take their name off, and them off the messages they wrote. */
  "person.erased": {
      /** Who has no name any more, and is author of nothing. */
      person: number;
    };
  /** A person shows something else of themselves: an open page fetches it again. */
  "profile.changed": {
      /** Whose profile is to be fetched again. */
      person: number;
    };
  /** A message was deleted: its place stays, its words are gone. */
  "message.deleted": {
      /** The message as it is now. */
      message: Message;
    };
  /** A thread has more answers, or fewer. */
  "thread.changed": {
      /** Message the thread is below. */
      message: number;
      /** Its channel. */
      channel: number;
      /** Answers, deleted ones apart. */
      replies: number;
      /** When the last of them came, in ms since 1970 UTC. */
      last_reply?: number;
    };
  /** The person keeps a message for later, or no longer does. */
  "saved.changed": {
      /** Message. */
      message: number;
      /** Whether the person keeps it. */
      saved: boolean;
    };
  /** The person follows a thread or no longer does, or has read it to another place. */
  "thread.read": {
      /** Message the thread is below. */
      thread: number;
      /** Its channel. */
      channel: number;
      /** Whether the person follows it. */
      following: boolean;
      /** Last answer read, 0 if none. */
      position: number;
      /** Unread answers; at the limit: at least that many. */
      unread: number;
      /** Those among them that mention the person. */
      mentions: number;
    };
  /** The person has read further in a channel, or marked it unread, on one of their devices. */
  "read.moved": {
      /** Channel. */
      channel: number;
      /** Last message read of the main stream, 0 if none. */
      position: number;
      /** Unread messages; at the limit: at least that many. */
      unread: number;
      /** Those among them that mention the person. */
      mentions: number;
    };
  /** An event was announced, or is not as it was; who did not hold it holds it now. */
  "event.changed": {
      /** The event as it is now. */
      event: Event;
    };
  /** Where the person stands with an event changed. */
  "registration.changed": {
      /** The person's own part as it is now. */
      mine: EventMine;
    };
  /** Something about an event or a resource concerns the person. */
  "notice.added": {
      /** The notice. */
      notice: Notice;
    };
  /** A draft was deleted, or an event is no longer announced to this audience: drop it. Who hears of it in another way is told it again right after. */
  "event.gone": {
      /** Event. */
      event: number;
    };
  /** A message was posted; its id is the number of this fact. */
  "message.posted": {
      /** The message as it is now. */
      message: Message;
    };
  /** A message has another wording. */
  "message.edited": {
      /** The message as it is now. */
      message: Message;
    };
  /** The person has seen their notices up to this one, on one of their devices. */
  "notice.seen": {
      /** Last notice seen; never goes back. */
      position: number;
    };
  /** The person chose what notifies them in a channel. */
  "notification.changed": {
      /** Channel. */
      channel: number;
      /** What notifies the person. */
      level: Level;
    };
  /** A message was pinned in its channel, or unpinned. */
  "message.pinned": {
      /** Message. */
      message: number;
      /** Its channel. */
      channel: number;
      /** Whether it is pinned. */
      pinned: boolean;
    };
  /** A person has another name. */
  "person.changed": {
      /** The person. */
      person: PersonName;
    };
  /** Somebody reacted to a message, or no longer does. */
  "message.reacted": {
      /** Message. */
      message: number;
      /** Its channel. */
      channel: number;
      /** All its reactions. */
      reactions: Reaction[];
    };
}

export type Fact = {
  [Name in keyof Facts]: { seq: number; fact: Name } & Facts[Name];
}[keyof Facts];

/** `code` of a Problem. */
export const errors = {
  PARSE: -32700,
  REQUEST: -32600,
  METHOD: -32601,
  INTERNAL: -32603,
  MISSING: 1001,
  UNKNOWN: 1002,
  TYPE: 1003,
  RANGE: 1004,
  TOO_SHORT: 1005,
  TOO_LONG: 1006,
  CHOICE: 1007,
  CHARACTERS: 1008,
  EMPTY: 1009,
  EMAIL: 1010,
  VALUE: 1011,
  HOST_LINK: 1012,
  LINK: 1013,
  LOGIN: 1101,
  CREDENTIALS: 1102,
  FORBIDDEN: 1103,
  SUSPENDED: 1104,
  NOT_FOUND: 1105,
  ORIGIN: 1106,
  TOKEN: 1107,
  CONFLICT: 1201,
  EXISTS: 1202,
  ARCHIVED: 1203,
  DELETED: 1204,
  NONCE: 1205,
  FULL: 1206,
  PASSWORD_WEAK: 1207,
  CSV: 1208,
  BROADCAST: 1209,
  POSTING: 1210,
  EMOJI: 1211,
  BUSY: 1301,
  RATE: 1302,
  READ_ONLY: 1303,
  DEADLINE: 1304,
  BODY_SIZE: 1305,
  VERB: 1306,
  MEDIA: 1307,
  HEADER: 1308,
  HTTP_ONLY: 1309,
  SOCKET_ONLY: 1310,
  REQUEST_LINE: 1311,
  HTTP_VERSION: 1312,
  TUS_VERSION: 1411,
  UPLOAD_OFFSET: 1412,
  UPLOAD_LOCKED: 1413,
  UPLOAD_MEDIA: 1414,
  IMAGE: 1415,
  IMAGE_SIZE: 1417,
  BEYOND: 1416,
  FILE_SIZE: 1401,
  FILE_EMPTY: 1402,
  FILE_QUOTA: 1403,
  FILES_COMING: 1404,
  FILE_COMING: 1405,
  SYNONYM_TAKEN: 1431,
  SYNONYM_ALONE: 1432,
  SYNONYM_EMPTY: 1433,
  FILE_TWICE: 1406,
  NO_CONTENT: 1421,
  TERRITORY: 1422,
  FILE_AND_LINK: 1423,
  DATE: 1424,
  PHONE: 1441,
  CARD_SERVICE: 1442,
} as const;
