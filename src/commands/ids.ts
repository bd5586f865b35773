/** Every command of the extension. A test compares this list with `package.json`. */
export const commandIds = {
  connect: 'collibraJobs.connect',
  signIn: 'collibraJobs.signIn',
  signOut: 'collibraJobs.signOut',
  checkConnection: 'collibraJobs.checkConnection',
  editConnections: 'collibraJobs.editConnections',
  switchOn: 'collibraJobs.switchOn',
  switchOff: 'collibraJobs.switchOff',
  removeConnection: 'collibraJobs.removeConnection',
  tryDemo: 'collibraJobs.tryDemo',
  refresh: 'collibraJobs.refresh',
  openDetails: 'collibraJobs.openDetails',
  cancel: 'collibraJobs.cancel',
  copyId: 'collibraJobs.copyId',
  loadMore: 'collibraJobs.loadMore',
  showLog: 'collibraJobs.showLog',
} as const;
