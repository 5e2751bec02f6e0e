// The client's own names for what the wire describes, and what it keeps of a person.

import type * as gen from "../gen/protocol.ts";

export type {
  Account,
  Answer,
  Author,
  Breath,
  Can,
  CardPerson,
  ChannelView as Channel,
  ClubCard,
  ClubView as Club,
  Commands,
  Edition,
  Event as ClubEvent,
  EventKind,
  EventMine,
  EventScope as Scope,
  FacetValue,
  Fact,
  FeedKind,
  Fiche,
  File,
  Guest,
  Hello,
  Hit,
  HitKind,
  InvitationShown as Invitation,
  Level,
  Licence,
  Limits,
  LinkShown,
  Me,
  Member,
  Membership,
  Message,
  Node,
  Nodes,
  Notice,
  NoticeKind,
  PageSlug,
  Post,
  Posting,
  Problem,
  Profile,
  Question,
  QuestionKind,
  RegistrationMode,
  RegistrationShown as Registration,
  RegistrationState,
  Resource,
  ResourceCan,
  ResourceKind,
  ResourceState,
  Role,
  SearchCounts,
  SearchHit,
  ShelfCan,
  Shown,
  Status,
  Synonym,
  Territory,
  TerritoryKind,
  Theme,
  TodayChannel,
  TodayClub,
  Town,
  Zone,
} from "../gen/protocol.ts";
export type EventIn = Omit<gen.Commands["event.update"][0], "event">;
/** What resource.get tells one person of a resource: what they can do, where it comes from. */
export type ResourceMine = Omit<gen.Commands["resource.get"][1], "seq" | "resource">;
export type ResourceIn = Omit<gen.Commands["resource.update"][0], "resource">;

/** A node that is not plain text. */
export type NodeObject = Exclude<gen.Node, string>;

/** Somebody met in a message, a list or a conversation; what is not known yet is absent. */
export interface Person {
  id: number;
  name?: string;
  function?: string;
  role?: string;
}
