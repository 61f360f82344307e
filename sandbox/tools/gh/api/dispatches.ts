// `POST …/dispatches` ("Create a repository dispatch event"): what an outside program tells workflows.
import { type ApiRequest, invalid, isObject, notHere } from './request.ts';

export function dispatches(request: ApiRequest): undefined {
  const { place, method, body } = request;
  if (method !== 'POST') throw notHere(request);
  const { event_type: eventType, client_payload: payload = {} } = body;
  if (typeof eventType !== 'string' || eventType === '') throw invalid('"event_type" wasn\'t supplied.');
  if (eventType.length > 100) throw invalid(`"event_type" is too long (maximum is 100 characters).`);
  if (!isObject(payload))
    throw invalid(`For 'properties/client_payload', ${JSON.stringify(payload)} is not an object.`);
  const count = Object.keys(payload).length;
  if (count > 10) throw invalid(`No more than 10 properties are allowed; ${count} were supplied.`);
  place.io.machine.kernel.record({
    type: 'RepositoryDispatched',
    repository: place.repository,
    eventType,
    payload: JSON.stringify(payload),
    by: place.login,
  });
  return undefined;
}
