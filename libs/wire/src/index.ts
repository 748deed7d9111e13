export { ByteWriter } from './byte-writer.ts';
export { decodeEvent, encodeEvent, type Event, type EventDraft, type Stamp } from './envelope.ts';
export { type AppendLog, type LogPosition, openProducer, type Producer, type ProducerOptions } from './producer.ts';
