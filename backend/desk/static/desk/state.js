// One conversation as the desk sees it: a pure function of the state so far and the next frame.
// Knows the protocol's ordering rules; knows nothing of sockets, storage, time or the page.

export function initial(conversation, me) {
  return {
    conversation,
    me,
    joined: false, // the server said who this is; false again while the socket is down
    live: false, // the log is complete up to the head
    visitor: null,
    page: {},
    site: "",
    epoch: 0,
    owner: "bot",
    operator: null, // {id, name}; id is null until the server has said it
    status: "open",
    rating: null,
    visitorSeen: 0,
    notes: [],
    events: [],
    last: 0, // the last seq that is shown, with no gap before it
    early: {}, // events that came before an earlier one: seq -> event
    draft: null, // the bot message that is being written: {message, attempt, epoch, n, text, ahead}
    told: null, // what the list was told last: {head, owner, operator}
    ended: {}, // ids of bot messages that have their final event
    typing: null, // {kind, name} of whoever writes just now
  };
}

const HANDLERS = {
  joined,
  events: (state, frame) => frame.events.reduce(addEvent, state),
  event: (state, frame) => addEvent(state, frame.event),
  live: (state, frame) => ({ ...state, live: state.last >= frame.head }),
  delta,
  snapshot,
  typing: (state, frame) => ({ ...state, typing: frame.on ? frame.by : null }),
  note: (state, frame) => ({ ...state, notes: withNote(state.notes, frame.note) }),
  seen: (state, frame) => ({ ...state, visitorSeen: Math.max(state.visitorSeen, frame.seq) }),
  changed,
};

/** The state after a frame; the same object where the frame changes nothing. */
export function reduce(state, frame) {
  if (frame.conversation !== state.conversation) return state;
  const handler = Object.hasOwn(HANDLERS, frame.type) ? HANDLERS[frame.type] : null;
  return handler ? handler(state, frame) : state;
}

/** The socket is gone: what is shown stays, and is marked as not live. */
export function disconnected(state) {
  return { ...state, joined: false, live: false, typing: null };
}

/** Whether an event is missing, so that the conversation has to be joined again. */
export function hasGap(state) {
  return Object.keys(state.early).length > 0;
}

export function isMine(state) {
  if (state.owner !== "operator" || state.operator === null) return false;
  const { id, name } = state.operator;
  return id === null ? name === state.me.name : id === state.me.id;
}

/** The other operator's name, or "" where nobody else has the conversation. */
export function heldByOther(state) {
  if (state.owner !== "operator" || isMine(state) || state.operator === null) return "";
  return state.operator.name || "Someone";
}

function joined(state, frame) {
  // A head that is behind what was shown means another log: the record was restored. Begin again.
  const base = frame.head < state.last ? initial(state.conversation, state.me) : state;
  return {
    ...base,
    joined: true,
    live: false,
    visitor: frame.visitor,
    page: frame.page || {},
    site: frame.site,
    epoch: frame.epoch,
    owner: frame.owner,
    operator: frame.operator,
    status: frame.status,
    rating: frame.rating,
    visitorSeen: frame.visitor_seen,
    notes: frame.notes.slice().sort((one, other) => one.id - other.id),
    early: {},
    draft: frame.epoch === base.epoch ? base.draft : null,
  };
}

function addEvent(state, event) {
  if (event.seq <= state.last) return state;
  if (event.seq > state.last + 1) {
    return { ...state, live: false, early: { ...state.early, [event.seq]: event } };
  }
  const { [event.seq]: _, ...early } = state.early;
  const next = applyEvent({ ...state, early, last: event.seq, events: [...state.events, event] }, event);
  const following = next.early[next.last + 1];
  return following ? addEvent(next, following) : withTold(next);
}

const EFFECTS = {
  message: (state, event) => {
    const by = event.by.kind;
    const next = { ...state, typing: typingWithout(state, by) };
    return by === "bot" ? ended(next, event.body.message) : next;
  },
  turn: (state, event) => ended({ ...state, typing: typingWithout(state, "bot") }, event.body.message),
  owner: (state, event) => {
    if (event.body.epoch < state.epoch) return state; // an old page of the log
    const name = event.by.name || "";
    const same = state.operator && state.operator.name === name && state.epoch === event.body.epoch;
    const operator = event.body.owner === "operator" ? { id: null, name } : null;
    return {
      ...state,
      epoch: event.body.epoch,
      owner: event.body.owner,
      operator: same && operator ? state.operator : operator,
      typing: typingWithout(state, "bot"),
      draft: state.draft && state.draft.epoch < event.body.epoch ? null : state.draft,
    };
  },
  status: (state, event) => ({
    ...state,
    status: event.body.status === "closed" ? "closed" : "open",
  }),
  rating: (state, event) => ({ ...state, rating: event.body.score }),
};

function applyEvent(state, event) {
  const effect = Object.hasOwn(EFFECTS, event.kind) ? EFFECTS[event.kind] : null;
  return effect ? effect(state, event) : state;
}

function typingWithout(state, kind) {
  return state.typing && state.typing.kind === kind ? null : state.typing;
}

function ended(state, message) {
  const draft = state.draft && state.draft.message === message ? null : state.draft;
  return { ...state, draft, ended: { ...state.ended, [message]: true } };
}

/** Whether a piece of text may be shown: of no older epoch, attempt or message. */
function isCurrent(state, frame) {
  if (frame.epoch < state.epoch || state.ended[frame.message]) return false;
  const draft = state.draft;
  return !draft || draft.message !== frame.message || frame.attempt >= draft.attempt;
}

function draftFor(state, frame) {
  const draft = state.draft;
  const same = draft && draft.message === frame.message && draft.attempt === frame.attempt;
  if (same) return draft;
  const { message, attempt, epoch } = frame;
  return { message, attempt, epoch, n: 0, text: "", ahead: {} };
}

function delta(state, frame) {
  if (!isCurrent(state, frame)) return state;
  const draft = draftFor(state, frame);
  if (frame.n <= draft.n) return state;
  return { ...state, draft: caughtUp({ ...draft, ahead: { ...draft.ahead, [frame.n]: frame.text } }) };
}

function snapshot(state, frame) {
  if (!isCurrent(state, frame)) return state;
  const draft = draftFor(state, frame);
  if (frame.n < draft.n) return state;
  return { ...state, draft: caughtUp({ ...draft, n: frame.n, text: frame.text }) };
}

/** Append the pieces that follow without a gap; drop those that a snapshot has included. */
function caughtUp(draft) {
  let { n, text } = draft;
  const ahead = { ...draft.ahead };
  while (Object.hasOwn(ahead, n + 1)) {
    n += 1;
    text += ahead[n];
  }
  for (const key of Object.keys(ahead)) if (Number(key) <= n) delete ahead[key];
  return { ...draft, n, text, ahead };
}

function withNote(notes, note) {
  if (notes.some((one) => one.id === note.id)) return notes;
  return [...notes, note].sort((one, other) => one.id - other.id);
}

function changed(state, { head, owner, operator }) {
  return withTold({ ...state, told: { head, owner, operator } });
}

/** The list's summary tells who the operator is by id; the log tells only the name. */
function withTold(state) {
  const told = state.told;
  if (!told || told.head !== state.last || told.owner !== state.owner) return state;
  return { ...state, operator: told.operator };
}
