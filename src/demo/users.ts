import type { Random } from './random';

function user(id: string, firstName: string, lastName: string) {
  const userName = `${firstName}.${lastName}`.toLowerCase();
  return { id, userName, firstName, lastName, emailAddress: `${userName}@example.com` };
}

/** Who the demo's token signs in as; may cancel any job. */
export const currentUser = user('5b3c1f0e-8a64-4d52-9c1b-2f7d60a9e413', 'Amelia', 'Novak');

/** Collibra's own SYSTEM_USER has this id, which is of no UUID version. */
export const systemUser = user('00000000-0000-0000-0000-000000900001', 'System', 'User');

const people = [
  currentUser,
  user('c90d7a52-13be-4f6a-8e27-b4510d9f3a68', 'Jonas', 'Lind'),
  user('1e84f6b7-d205-49c3-a71f-96c8e03b5d2a', 'Priya', 'Raman'),
  user('7a2b9d64-0f5e-4c81-b3d6-58e1c7f20b9d', 'Tomas', 'Ortega'),
];

export const users = [...people, systemUser];

/** Left the company: jobs still name this id, but no user answers to it. */
const formerUserId = 'e3f58c10-4b97-4a2d-8d06-a17c92b6f5e4';

/** The id of somebody for whom a job runs. */
export function pickPerson(random: Random): string {
  return random.chance(0.04) ? formerUserId : random.pick(people).id;
}
