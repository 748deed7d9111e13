/** The HTTP routes of approvals: one line each over the service, and its refusals as problem details (RFC 9457). */
import { STATUS_CODES } from 'node:http';
import type { JsonValue } from '@bufbuild/protobuf';
import {
  type ArgumentsHost,
  Body,
  Catch,
  Controller,
  type DynamicModule,
  type ExceptionFilter,
  Get,
  HttpCode,
  HttpException,
  Inject,
  Module,
  Param,
  Post,
  Query,
  Req,
  UseFilters,
} from '@nestjs/common';
import type { Result } from '@countersign/kernel';
import { awaitJson, commandJson, getJson, type ListQuery, listJson } from './json.ts';
import type { AuthenticatedRequest } from './principal.ts';
import { type CallRefusal, detailOf, STATUS_OF } from './refusals.ts';
import type { ApprovalService } from './service.ts';

const SERVICE = Symbol('approval-service');

/** A refused call on its way out; other filters may treat it as any HttpException. */
export class RefusedCall extends HttpException {
  constructor(refusal: CallRefusal) {
    const { http } = STATUS_OF[refusal.code];
    super({ type: 'about:blank', title: STATUS_CODES[http] ?? '', status: http, detail: detailOf(refusal) }, http);
  }
}

interface Reply {
  status(code: number): Reply;
  type(contentType: string): Reply;
  send(body: unknown): unknown;
}

@Catch(RefusedCall)
export class ProblemFilter implements ExceptionFilter<RefusedCall> {
  catch(refused: RefusedCall, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<Reply>();
    reply.status(refused.getStatus()).type('application/problem+json').send(refused.getResponse());
  }
}

@Controller('v1/approvals')
@UseFilters(ProblemFilter)
export class ApprovalController {
  readonly #service: ApprovalService;

  constructor(@Inject(SERVICE) service: ApprovalService) {
    this.#service = service;
  }

  @Get()
  list(@Req() request: AuthenticatedRequest, @Query() query: ListQuery): Promise<JsonValue> {
    return orThrow(listJson(this.#service, request.principal, query));
  }

  @Get(':id')
  get(@Req() request: AuthenticatedRequest, @Param('id') id: string): Promise<JsonValue> {
    return orThrow(getJson(this.#service, request.principal, id));
  }

  @Get(':id/await')
  await(
    @Req() request: AuthenticatedRequest,
    @Param('id') id: string,
    @Query('timeoutMs') timeoutMs: unknown,
  ): Promise<JsonValue> {
    return orThrow(awaitJson(this.#service, request, id, timeoutMs));
  }

  @Post(':id/approve')
  @HttpCode(200)
  approve(@Req() request: AuthenticatedRequest, @Param('id') id: string, @Body() body: unknown): Promise<JsonValue> {
    return orThrow(commandJson(this.#service, request.principal, 'approve', id, body));
  }

  @Post(':id/reject')
  @HttpCode(200)
  reject(@Req() request: AuthenticatedRequest, @Param('id') id: string, @Body() body: unknown): Promise<JsonValue> {
    return orThrow(commandJson(this.#service, request.principal, 'reject', id, body));
  }

  @Post(':id/revoke')
  @HttpCode(200)
  revoke(@Req() request: AuthenticatedRequest, @Param('id') id: string, @Body() body: unknown): Promise<JsonValue> {
    return orThrow(commandJson(this.#service, request.principal, 'revoke', id, body));
  }
}

@Module({})
export class ApprovalModule {
  static with(service: ApprovalService): DynamicModule {
    return {
      module: ApprovalModule,
      controllers: [ApprovalController],
      providers: [{ provide: SERVICE, useValue: service }],
    };
  }
}

async function orThrow(answer: Promise<Result<JsonValue, CallRefusal>>): Promise<JsonValue> {
  const result = await answer;
  if (result.ok) return result.value;
  throw new RefusedCall(result.error);
}
