/** Every command of the extension. A test compares this list with `package.json`. */
export const commandIds = {
  connect: 'collibraJobs.connect',
  signIn: 'collibraJobs.signIn',
  removeConnection: 'collibraJobs.removeConnection',
  tryDemo: 'collibraJobs.tryDemo',
  refresh: 'collibraJobs.refresh',
  openDetails: 'collibraJobs.openDetails',
  cancel: 'collibraJobs.cancel',
  copyId: 'collibraJobs.copyId',
  loadMore: 'collibraJobs.loadMore',
  showLog: 'collibraJobs.showLog',
} as const;
