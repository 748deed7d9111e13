/** The decision-service's JSON API: the same pipeline behind `/v1`, one line a route. */
import { Body, Controller, type DynamicModule, HttpCode, Inject, Module, Post, Req } from '@nestjs/common';
import { type JsonValue, fromJson, toBinary, toJson, fromBinary } from '@bufbuild/protobuf';
import type { Principal } from '@countersign/kernel';
import { messageOf } from '@countersign/kernel';
import { decision } from '@countersign/proto';
import { Refused } from './refusal.ts';
import type { DecisionService } from './service.ts';

/** The application puts the authenticated caller on the request before a route is reached. */
interface AuthenticatedRequest {
  readonly principal: Principal;
}

const SERVICE = Symbol('decision-service');

@Controller('v1')
export class DecisionController {
  readonly #service: DecisionService;

  constructor(@Inject(SERVICE) service: DecisionService) {
    this.#service = service;
  }

  @Post('decide')
  @HttpCode(200)
  decide(@Body() body: JsonValue, @Req() request: AuthenticatedRequest): Promise<JsonValue> {
    return decideJson(this.#service, body, request.principal);
  }

  @Post('outcomes')
  @HttpCode(200)
  reportOutcome(@Body() body: JsonValue, @Req() request: AuthenticatedRequest): Promise<JsonValue> {
    return reportJson(this.#service, body, request.principal);
  }
}

@Module({})
export class DecisionModule {
  static with(service: DecisionService): DynamicModule {
    return {
      module: DecisionModule,
      controllers: [DecisionController],
      providers: [{ provide: SERVICE, useValue: service }],
    };
  }
}

async function decideJson(service: DecisionService, body: JsonValue, principal: Principal): Promise<JsonValue> {
  requireCaller(principal);
  const request = toBinary(decision.DecideRequestSchema, parse(decision.DecideRequestSchema, body));
  const response = await service.decide(Buffer.from(request), principal);
  return toJson(decision.DecideResponseSchema, fromBinary(decision.DecideResponseSchema, response), { alwaysEmitImplicit: true });
}

async function reportJson(service: DecisionService, body: JsonValue, principal: Principal): Promise<JsonValue> {
  requireCaller(principal);
  const position = await service.report(parse(decision.ReportOutcomeRequestSchema, body), principal);
  return { position: { topic: position.topic, partition: position.partition, offset: String(position.offset) } };
}

function requireCaller(principal: Principal): void {
  if (principal.roles.includes('caller') || principal.roles.includes('admin')) return;
  throw new Refused('forbidden', `Deciding needs the role caller; this token has ${principal.roles.join(', ')}.`);
}

function parse<D extends typeof decision.DecideRequestSchema | typeof decision.ReportOutcomeRequestSchema>(
  desc: D,
  body: JsonValue,
) {
  try {
    return fromJson(desc, body);
  } catch (error) {
    throw new Refused('invalid', `The body is no ${desc.typeName} in JSON: ${messageOf(error)}.`);
  }
}
