/** The registry: every command but `status` and `help`, which tell of these. A new one is one line here. */
export { add } from './add.ts';
export { addApp } from './add-app.ts';
export { connect } from './connect.ts';
export { disconnect } from './disconnect.ts';
export { incident } from './incident.ts';
export { members } from './members.ts';
export { post } from './post.ts';
export { schedule } from './schedule.ts';
export { space } from './space.ts';
