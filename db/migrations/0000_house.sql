CREATE TABLE "api_keys" (
	"id" text collate "C" NOT NULL,
	"company_id" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"prefix" text collate "C" NOT NULL,
	"hash" text collate "C" NOT NULL,
	"scopes" text[] NOT NULL,
	"created_by" text collate "C" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "api_keys_company_id_id_pk" PRIMARY KEY("company_id","id"),
	CONSTRAINT "api_keys_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "audit_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"company_id" text collate "C" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"actor_type" text collate "C" NOT NULL,
	"actor_id" text collate "C",
	"actor_name" text,
	"action" text collate "C" NOT NULL,
	"entity_type" text collate "C" NOT NULL,
	"entity_id" text collate "C",
	"entity_name" text,
	"details" jsonb NOT NULL,
	CONSTRAINT "audit_entries_company_id_id_pk" PRIMARY KEY("company_id","id"),
	CONSTRAINT "audit_actor_known" CHECK ("audit_entries"."actor_type" in ('USER', 'API_KEY', 'CUSTOMER', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE "companies" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"slug" text collate "C" NOT NULL,
	"plan" text collate "C" DEFAULT 'STARTER' NOT NULL,
	"trial_ends_at" timestamp (3) with time zone,
	"currency" text collate "C" DEFAULT 'USD' NOT NULL,
	"time_zone" text collate "C" DEFAULT 'UTC' NOT NULL,
	"api_rate_limit" integer,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "companies_slug_unique" UNIQUE("slug"),
	CONSTRAINT "companies_plan_known" CHECK ("companies"."plan" in ('STARTER', 'GROWTH', 'ENTERPRISE'))
);
--> statement-breakpoint
CREATE TABLE "former_slugs" (
	"slug" text collate "C" PRIMARY KEY NOT NULL,
	"company_id" text collate "C" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plan_usage" (
	"company_id" text collate "C" PRIMARY KEY NOT NULL,
	"customers" bigint DEFAULT 0 NOT NULL,
	"max_customers" bigint
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"id" text collate "C" NOT NULL,
	"company_id" text collate "C" NOT NULL,
	"email" text collate "C" NOT NULL,
	"name" text,
	"status" text collate "C" DEFAULT 'ACTIVE' NOT NULL,
	"notes" text,
	"credit_limit_cents" bigint,
	"tax_rate_override_ppm" bigint,
	"password_hash" text,
	"email_verified" boolean DEFAULT false NOT NULL,
	"name_key" text collate "C" NOT NULL,
	"search_key" text collate "C" NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "customers_company_id_id_pk" PRIMARY KEY("company_id","id"),
	CONSTRAINT "customers_email_unique" UNIQUE("company_id","email"),
	CONSTRAINT "customers_status_known" CHECK ("customers"."status" in ('ACTIVE', 'BLOCKED')),
	CONSTRAINT "customers_email_lower" CHECK ("customers"."email" = lower("customers"."email") and length("customers"."email") <= 254),
	CONSTRAINT "customers_name_length" CHECK (length("customers"."name") <= 200),
	CONSTRAINT "customers_notes_length" CHECK (length("customers"."notes") <= 2000),
	CONSTRAINT "customers_credit_limit_range" CHECK ("customers"."credit_limit_cents" between 0 and 10000000000),
	CONSTRAINT "customers_tax_rate_range" CHECK ("customers"."tax_rate_override_ppm" between 0 and 300000)
);
--> statement-breakpoint
CREATE TABLE "import_changes" (
	"company_id" text collate "C" NOT NULL,
	"import_id" text collate "C" NOT NULL,
	"entity_id" text collate "C" NOT NULL,
	"before" jsonb,
	"version" integer NOT NULL,
	CONSTRAINT "import_changes_company_id_import_id_entity_id_pk" PRIMARY KEY("company_id","import_id","entity_id")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" text collate "C" NOT NULL,
	"company_id" text collate "C" NOT NULL,
	"kind" text collate "C" NOT NULL,
	"state" text collate "C" DEFAULT 'staged' NOT NULL,
	"file_name" text NOT NULL,
	"mapping" jsonb,
	"created" integer,
	"updated" integer,
	"unchanged" integer,
	"failure" text,
	"undo" jsonb,
	"started_by" text collate "C" NOT NULL,
	"started_by_name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"queued_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "imports_company_id_id_pk" PRIMARY KEY("company_id","id"),
	CONSTRAINT "imports_state_known" CHECK ("imports"."state" in ('staged', 'waiting', 'running', 'done', 'failed', 'undone')),
	CONSTRAINT "imports_kind_known" CHECK ("imports"."kind" in ('customers'))
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"company_id" text collate "C",
	"recipient" text NOT NULL,
	"template" text collate "C" NOT NULL,
	"data" jsonb NOT NULL,
	"state" text collate "C" DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"error" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp (3) with time zone,
	CONSTRAINT "outbox_state_known" CHECK ("outbox"."state" in ('pending', 'sent', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"company_id" text collate "C" NOT NULL,
	"user_id" text collate "C" NOT NULL,
	"role" text collate "C" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_company_id_user_id_pk" PRIMARY KEY("company_id","user_id"),
	CONSTRAINT "memberships_role_known" CHECK ("memberships"."role" in ('OWNER', 'ADMIN', 'MEMBER'))
);
--> statement-breakpoint
CREATE TABLE "staff_sessions" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"user_id" text collate "C" NOT NULL,
	"company_id" text collate "C" NOT NULL,
	"user_agent" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"email" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"link_version" integer DEFAULT 1 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "former_slugs" ADD CONSTRAINT "former_slugs_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_usage" ADD CONSTRAINT "plan_usage_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_changes" ADD CONSTRAINT "import_changes_company_id_import_id_imports_company_id_id_fk" FOREIGN KEY ("company_id","import_id") REFERENCES "public"."imports"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_sessions" ADD CONSTRAINT "staff_sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_sessions" ADD CONSTRAINT "staff_sessions_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_keys_by_created" ON "api_keys" USING btree ("company_id","created_at","id");--> statement-breakpoint
CREATE INDEX "api_keys_creator" ON "api_keys" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "audit_by_created" ON "audit_entries" USING btree ("company_id","created_at","id");--> statement-breakpoint
CREATE INDEX "audit_by_action" ON "audit_entries" USING btree ("company_id","action","created_at","id");--> statement-breakpoint
CREATE INDEX "audit_by_actor_type" ON "audit_entries" USING btree ("company_id","actor_type","created_at","id");--> statement-breakpoint
CREATE INDEX "audit_by_entity" ON "audit_entries" USING btree ("company_id","entity_type","created_at","id");--> statement-breakpoint
CREATE INDEX "audit_by_entity_id" ON "audit_entries" USING btree ("company_id","entity_id","created_at","id");--> statement-breakpoint
CREATE INDEX "former_slugs_company" ON "former_slugs" USING btree ("company_id");--> statement-breakpoint
CREATE INDEX "customers_by_created" ON "customers" USING btree ("company_id","created_at","id");--> statement-breakpoint
CREATE INDEX "customers_by_status_created" ON "customers" USING btree ("company_id","status","created_at","id");--> statement-breakpoint
CREATE INDEX "customers_by_name" ON "customers" USING btree ("company_id","name_key","id");--> statement-breakpoint
CREATE INDEX "customers_by_status_name" ON "customers" USING btree ("company_id","status","name_key","id");--> statement-breakpoint
CREATE INDEX "customers_by_status_email" ON "customers" USING btree ("company_id","status","email","id");--> statement-breakpoint
CREATE INDEX "customers_by_search" ON "customers" USING gin ("company_id","search_key" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "imports_by_created" ON "imports" USING btree ("company_id","created_at","id");--> statement-breakpoint
CREATE INDEX "imports_unfinished" ON "imports" USING btree ("queued_at") WHERE "imports"."state" in ('waiting', 'running');--> statement-breakpoint
CREATE INDEX "imports_staged" ON "imports" USING btree ("created_at") WHERE "imports"."state" = 'staged';--> statement-breakpoint
CREATE INDEX "outbox_pending" ON "outbox" USING btree ("next_attempt_at") WHERE "outbox"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "outbox_by_created" ON "outbox" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "outbox_company" ON "outbox" USING btree ("company_id");--> statement-breakpoint
CREATE INDEX "memberships_user" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "staff_sessions_user" ON "staff_sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "staff_sessions_company" ON "staff_sessions" USING btree ("company_id");--> statement-breakpoint
CREATE INDEX "staff_sessions_expiry" ON "staff_sessions" USING btree ("expires_at");