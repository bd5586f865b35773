import type { CommandContext } from './context';

/** The function of each command, by the command's name, and what else a click may need; loaded when the first is run. */
export { cancel } from './cancel';
export { cancelWaiting } from './cancelMany';
export { checkConnection } from './checkConnection';
export { connect } from './connect';
export { copyId, copyName, copyJson, copyLink } from './copy';
export { tryDemo, reviveDemo } from './demo';
export { editConnections } from './editConnections';
export { export } from './export';
export { exportErrors } from './exportErrors';
export { filter, clearFilter } from './filter';
export { findJob } from './findJob';
export { showJson, compare } from './inspect';
export { loadMore } from './loadMore';
export { showMenu } from './menu';
export { openDetails } from './openDetails';
export { openLink } from './openLink';
export { openInCollibra } from './openInCollibra';
export { refresh } from './refresh';
export { removeConnection } from './removeConnection';
export { signIn, askToSignIn, isAsking } from './signIn';
export { signOut } from './signOut';
export { sort } from './sort';
export { switchOn, switchOff } from './switch';
export { watch, unwatch } from './watch';

export const showLog = ({ log }: CommandContext) => log.show();
