'use strict';
// The simulated phone. Everything that comes from outside is put in as text, never as markup.

const $ = id => document.getElementById(id);
const state = {phone: null, chat: null, lines: '', pairings: '', events: null};

function el(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

async function api(method, path, body) {
  const response = await fetch('/api' + path, {
    method, headers: body ? {'Content-Type': 'application/json'} : {}, body: body ? JSON.stringify(body) : undefined
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error || 'the simulator answered ' + response.status);
  return answer;
}

const phonePath = () => '/phones/' + encodeURIComponent(state.phone);
const chatPath = () => phonePath() + '/chats/' + encodeURIComponent(state.chat);

let toastTimer;
function toast(text, bad) {
  $('toast').textContent = text;
  $('toast').className = bad ? 'show bad' : 'show';
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { $('toast').className = ''; }, 4500);
}

/** Runs what a person asked for; what goes wrong is said. */
function doing(work) {
  return async event => {
    if (event) event.preventDefault();
    try {
      await work(event);
    } catch (problem) {
      toast(problem.message, true);
    }
  };
}

function chatName(jid) {
  const [user, server] = jid.split('@');
  return server === 's.whatsapp.net' ? '+' + user : server === 'g.us' ? 'Group ' + user : 'LID ' + user;
}

function paintAvatar(element, name) {
  let hue = 0;
  for (const c of name) hue = (hue * 31 + c.charCodeAt(0)) % 360;
  element.style.background = `hsl(${hue} 42% 42%)`;
  element.textContent = name.slice(-2);
}

function clock(at) {
  const time = new Date(at);
  const today = time.toDateString() === new Date().toDateString();
  return today ? time.toLocaleTimeString([], {hour: '2-digit', minute: '2-digit'})
    : time.toLocaleDateString([], {day: 'numeric', month: 'short'});
}

// --- where we are: #/+40712345678 and #/+40712345678/40787654321@s.whatsapp.net

function go(phone, chat) {
  location.hash = phone ? '#/' + encodeURIComponent(phone) + (chat ? '/' + encodeURIComponent(chat) : '') : '';
}

async function arrive() {
  const [phone, chat] = location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
  const other = (phone || null) !== state.phone;
  state.phone = phone || null;
  state.chat = chat || null;
  state.lines = '';
  document.body.dataset.view = !state.phone ? 'start' : state.chat ? 'chat' : 'phone';
  document.title = state.phone ? state.phone + ' · Simulated phone' : 'Simulated phone';
  if (other || !state.events) listen();
  if (!state.phone) return showPhones();
  $('number').value = state.phone;
  paintAvatar($('my-avatar'), state.phone);
  $('my-number').textContent = state.phone;
  await Promise.all([showMe(), showPairings(), showChats(), state.chat ? showChat() : null]);
  if (state.chat && matchMedia('(min-width: 761px)').matches) $('text').focus();
}

// --- live

function listen() {
  if (state.events) state.events.close();
  state.events = new EventSource('/api/events' + (state.phone ? '?phone=' + encodeURIComponent(state.phone) : ''));
  let lost = false;
  state.events.onopen = () => {
    $('live').className = 'on';
    if (lost) refresh();
  };
  state.events.onerror = () => { lost = true; $('live').className = ''; };
  state.events.onmessage = message => {
    const sight = JSON.parse(message.data);
    if (!state.phone) return sight.type === 'phone' ? quietly(showPhones) : undefined;
    if (sight.type === 'pairings') quietly(showPairings);
    if (sight.type === 'phone') quietly(showMe);
    if (sight.type === 'chat') {
      quietly(showChats);
      if (sight.chat === state.chat) quietly(showChat);
    }
  };
}

const quietly = work => work().catch(() => {});
const refresh = () => state.phone
  ? [showMe, showPairings, showChats, ...(state.chat ? [showChat] : [])].forEach(quietly) : quietly(showPhones);

// --- what is shown

async function showPhones() {
  const {phones} = await api('GET', '/phones?limit=200');
  $('known').replaceChildren(...phones.map(p => { const o = el('option'); o.value = p.phone; return o; }));
  $('phones').replaceChildren(...phones.map(p => row(p.phone, p.phone, linkText(p), null, p.unread, () => go(p.phone))));
}

function linkText(p) {
  if (!p.registered) return 'not on WhatsApp';
  if (!p.account) return 'no linked account';
  return (p.connected ? 'linked and connected: ' : 'linked, away: ') + p.account + (p.waiting ? `, ${p.waiting} waiting` : '');
}

function row(name, title, preview, at, unread, open) {
  const item = el('li');
  const button = el('button');
  button.type = 'button';
  const avatar = el('span', 'avatar');
  paintAvatar(avatar, name);
  const body = el('span', 'body');
  const top = el('span', 'top');
  top.append(el('strong', '', title));
  if (at) top.append(el('time', '', clock(at)));
  body.append(top, el('span', 'preview', preview));
  button.append(avatar, body);
  if (unread) button.append(el('span', 'unread', String(unread)));
  button.addEventListener('click', open);
  item.append(button);
  return item;
}

async function showMe() {
  const me = await api('GET', phonePath());
  $('my-state').textContent = linkText(me);
  $('registered').checked = me.registered;
  $('auto-read').checked = me.autoRead;
  $('unlink').hidden = !me.account;
}

async function showPairings() {
  const {pairings, total} = await api('GET', '/pairings?limit=12');
  const now = JSON.stringify([state.phone, pairings, total]);
  if (now === state.pairings) return;
  state.pairings = now;
  $('pairing-count').textContent = total ? String(total) : '';
  $('no-pairings').hidden = total > 0;
  const cards = pairings.map(pairingCard);
  if (total > pairings.length) cards.push(el('li', 'more', `and ${total - pairings.length} more`));
  $('pairings').replaceChildren(...cards);
  tick();
}

function pairingCard(pairing) {
  const card = el('li');
  if (pairing.qr) {
    const image = el('img');
    image.src = `/api/pairings/${pairing.connection}/qr.svg?shown=${Date.parse(pairing.expiresAt)}`;
    image.alt = 'QR of ' + pairing.account;
    card.append(image);
  } else {
    card.append(el('span', 'qr-none', 'waits for its code to be typed'));
  }
  const about = el('div', 'about');
  about.append(el('span', 'account', pairing.account));
  const left = el('span', 'left');
  left.dataset.until = pairing.expiresAt;
  about.append(left);
  if (pairing.code && pairing.codePhone === state.phone) {
    const code = el('span');
    code.append(el('code', '', pairing.code));
    about.append(code, action('Type this code', () => link('pairing-code', {code: pairing.code})));
  } else if (pairing.qr) {
    about.append(action('Scan', () => link('scan', {qr: pairing.qr})));
  } else {
    left.removeAttribute('data-until');
    left.textContent = 'has a code for ' + pairing.codePhone;
  }
  card.append(about);
  return card;
}

function action(text, work) {
  const button = el('button', '', text);
  button.type = 'button';
  button.addEventListener('click', doing(async () => {
    button.disabled = true;
    try {
      await work();
    } finally {
      button.disabled = false;
    }
  }));
  return button;
}

async function link(how, body) {
  const me = await api('GET', phonePath());
  if (me.account && !confirm('This phone has a linked account, which is logged out when you link another. Go on?')) return;
  const linked = await api('POST', phonePath() + '/' + how, body);
  toast('Linked to ' + linked.account);
  await Promise.all([showMe(), showPairings()]);
}

function tick() {
  for (const left of document.querySelectorAll('[data-until]')) {
    const seconds = Math.max(0, Math.ceil((Date.parse(left.dataset.until) - Date.now()) / 1000));
    left.textContent = seconds ? `valid for ${seconds} s` : 'over';
  }
}

async function showChats() {
  const {chats} = await api('GET', phonePath() + '/chats');
  $('no-chats').hidden = chats.length > 0;
  $('chat-list').replaceChildren(...chats.map(c => {
    const item = row(chatName(c.chat), chatName(c.chat), (c.last.mine ? 'You: ' : '') + lineText(c.last), c.last.at, c.unread,
      () => go(state.phone, c.chat));
    if (c.chat === state.chat) item.className = 'open';
    return item;
  }));
}

const lineText = line => line.readable ? line.text : 'could not be decrypted';

async function showChat() {
  const {phone, chat} = state;
  const {messages} = await api('GET', chatPath());
  if (phone !== state.phone || chat !== state.chat) return;
  $('chat-name').textContent = chatName(chat);
  paintAvatar($('chat-avatar'), chatName(chat));
  const now = JSON.stringify(messages);
  if (now !== state.lines) {
    const list = $('lines');
    const atEnd = !state.lines || list.scrollHeight - list.scrollTop - list.clientHeight < 80;
    state.lines = now;
    list.replaceChildren(...bubbles(messages));
    if (atEnd) list.scrollTop = list.scrollHeight;
  }
  await read();
}

function bubbles(messages) {
  const shown = [];
  let day = '', side = null;
  for (const message of messages) {
    const date = new Date(message.at).toLocaleDateString([], {weekday: 'long', day: 'numeric', month: 'long'});
    if (date !== day) shown.push(el('li', 'day', date));
    shown.push(bubble(message, date !== day || side !== message.from, messages));
    day = date;
    side = message.from;
  }
  return shown;
}

const mediaTypes = ['image', 'video', 'audio', 'voice', 'document', 'sticker'];

/** What a message shows besides text; bytes come from the simulator itself, wherever its address says that it is. */
function body(message) {
  const content = message.readable ? message.content : null;
  if (!content || !mediaTypes.includes(content.type) || !message.media) {
    return el('span', message.readable ? '' : 'unreadable', lineText(message));
  }
  const all = el('span');
  const source = '/media/' + message.media.sha256;
  const tag = {image: 'img', sticker: 'img', video: 'video', audio: 'audio', voice: 'audio'}[content.type];
  if (tag) {
    const shown = el(tag);
    shown.src = source;
    if (tag === 'img') shown.alt = content.type; else shown.controls = true;
    all.append(shown);
  } else {
    const link = el('a', '', content.fileName || 'document');
    link.href = source;
    link.download = content.fileName || 'document';
    all.append(link, el('span', 'meta', `${message.media.mimetype}, ${message.media.sizeBytes} bytes`));
  }
  if (content.caption) all.append(el('span', '', content.caption));
  return all;
}

function react(message) {
  const button = action('\u{1F44D}', () => {
    const mine = state.phone.slice(1) + '@s.whatsapp.net';
    const ref = message.from === mine ? {id: message.id} : {id: message.id, from: message.from};
    return say({type: 'reaction', message: ref, emoji: message.reactions[mine] ? '' : '\u{1F44D}'});
  });
  button.className = 'react';
  button.title = 'React, or take the reaction back';
  return button;
}

function bubble(message, first, messages) {
  const item = el('li', (message.mine ? 'mine' : '') + (first ? ' first' : ''));
  if (!message.mine && state.chat.endsWith('@g.us')) item.append(el('span', 'from', chatName(message.from)));
  const quoted = message.content && message.content.quoted;
  if (quoted) {
    const line = messages.find(m => m.id === quoted.id);
    item.append(el('span', 'quoted', line ? lineText(line) : 'a message that is not here'));
  }
  item.append(body(message));
  const reactions = Object.values(message.reactions).join(' ');
  if (reactions) item.append(el('span', 'reactions', reactions));
  const time = new Date(message.at).toLocaleTimeString([], {hour: '2-digit', minute: '2-digit'});
  if (message.content && state.chat.endsWith('@s.whatsapp.net')) item.append(react(message));
  item.append(el('span', 'meta', (message.edited ? 'edited, ' : '') + (message.byAccount && message.mine ? 'by the linked account, ' : '') + time));
  return item;
}

/** Only what a person can see is read. */
async function read() {
  if (state.chat && document.visibilityState === 'visible') {
    const answer = await api('POST', chatPath() + '/read');
    if (answer.read) await showChats();
  }
}

// --- what a person does

$('pick').addEventListener('submit', doing(async () => {
  const digits = $('number').value.replace(/[^0-9]/g, '');
  const me = await api('GET', '/phones/' + encodeURIComponent('+' + digits));
  go(me.phone);
}));

$('new-chat').addEventListener('submit', doing(async () => {
  const to = $('new-to').value.trim();
  const digits = to.replace(/[\s()+./-]/g, '');
  let chat = digits + '@s.whatsapp.net';
  if (to.includes('@')) {
    chat = to;
  } else if (!/^[0-9]{4,15}$/.test(digits)) {
    const {phones} = await api('GET', '/phones?account=' + encodeURIComponent(to));
    if (!phones.length) throw new Error('no phone is linked to this account');
    chat = phones[0].phone.slice(1) + '@s.whatsapp.net';
  }
  $('new-to').value = '';
  go(state.phone, chat);
}));

$('compose').addEventListener('submit', doing(async () => {
  const text = $('text').value;
  if (!text.trim()) return;
  await say({type: 'text', text});
  $('text').value = '';
  grow();
}));

async function say(content) {
  const [user, server] = state.chat.split('@');
  if (server !== 's.whatsapp.net') throw new Error('from this page, write to persons only');
  await api('POST', phonePath() + '/messages', {to: '+' + user, content});
  await Promise.all([showChat(), showChats()]);
  $('lines').scrollTop = $('lines').scrollHeight;
}

$('file').addEventListener('change', doing(async () => {
  const file = $('file').files[0];
  $('file').value = '';
  if (!file) return;
  const response = await fetch('/media', {method: 'POST', headers: {'Content-Type': file.type || 'application/octet-stream'}, body: file});
  const kept = await response.json();
  if (!response.ok) throw new Error(kept.error);
  const kind = file.type.split('/')[0];
  await say(['image', 'video', 'audio'].includes(kind) ? {type: kind, url: kept.url}
    : {type: 'document', url: kept.url, fileName: file.name});
}));

$('text').addEventListener('keydown', event => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $('compose').requestSubmit();
  }
});

function grow() {
  $('text').style.height = 'auto';
  $('text').style.height = $('text').scrollHeight + 2 + 'px';
}
$('text').addEventListener('input', grow);

$('registered').addEventListener('change', doing(() => api('PATCH', phonePath(), {registered: $('registered').checked})));
$('auto-read').addEventListener('change', doing(() => api('PATCH', phonePath(), {autoRead: $('auto-read').checked})));
$('unlink').addEventListener('click', doing(async () => {
  if (!confirm('Remove the linked device? The account is logged out and needs a new QR.')) return;
  await api('DELETE', phonePath() + '/devices');
  toast('Removed: the account is logged out');
  await showMe();
}));
$('back').addEventListener('click', () => go(state.phone));
document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') refresh(); });
window.addEventListener('hashchange', doing(arrive));
setInterval(tick, 1000);
doing(arrive)();
doing(showPhones)();
