//! Tables and columns, the same on both databases. Restates `migrations/`.

diesel::table! {
    authorities (id) {
        id -> BigInt,
        name -> Text,
        level -> Text,
        active_from -> Nullable<Date>,
        active_to -> Nullable<Date>,
    }
}

diesel::table! {
    producers (id) {
        id -> BigInt,
        kind -> Text,
        name -> Text,
        identity_key -> Text,
        tax_code -> Nullable<Text>,
        address -> Nullable<Text>,
        version -> BigInt,
        commune_code -> Nullable<Text>,
        phone -> Nullable<Text>,
        email -> Nullable<Text>,
        sort_key -> Binary,
        search_key -> Nullable<Text>,
    }
}

diesel::table! {
    producer_aliases (id) {
        id -> BigInt,
        producer_id -> BigInt,
        name -> Text,
        search_key -> Text,
        identity_key -> Nullable<Text>,
    }
}

diesel::table! {
    product_aliases (id) {
        id -> BigInt,
        producer_id -> BigInt,
        product_id -> BigInt,
        name -> Text,
        identity_key -> Nullable<Text>,
    }
}

diesel::table! {
    products (id) {
        id -> BigInt,
        producer_id -> BigInt,
        name -> Text,
        identity_key -> Text,
        search_text -> Text,
        sort_key -> Binary,
        group_number -> SmallInt,
        gtin -> Nullable<Text>,
        net_quantity -> Nullable<Text>,
        photo_sha256 -> Nullable<Text>,
        version -> BigInt,
    }
}

diesel::table! {
    photos (sha256) {
        sha256 -> Text,
        large -> Binary,
        small -> Binary,
        made_by -> Text,
        made_at -> Timestamp,
    }
}

diesel::table! {
    recognitions (id) {
        id -> BigInt,
        product_id -> BigInt,
        stars -> SmallInt,
        potential_five_star -> Bool,
        decision_number -> Text,
        authority_id -> BigInt,
        signed_on -> Date,
        ends_on -> Date,
        product_name -> Text,
        address -> Nullable<Text>,
        recorded_at -> Timestamp,
        effective_on -> Nullable<Date>,
    }
}

diesel::table! {
    recognition_events (id) {
        id -> BigInt,
        recognition_id -> BigInt,
        kind -> Text,
        effective_on -> Date,
        new_end -> Nullable<Date>,
        decision_number -> Nullable<Text>,
        reason -> Nullable<Text>,
        recorded_at -> Timestamp,
        signed_on -> Nullable<Date>,
    }
}

diesel::table! {
    judgements (id) {
        id -> BigInt,
        kind -> Text,
        number -> Text,
        signed_on -> Date,
        signer -> Text,
        effective_on -> Date,
        reason -> Text,
        recorded_by -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    judged_recognitions (judgement_id, recognition_id) {
        judgement_id -> BigInt,
        recognition_id -> BigInt,
    }
}

diesel::table! {
    audit (id) {
        id -> BigInt,
        at -> Timestamp,
        actor -> Text,
        action -> Text,
        object -> Text,
        detail -> Text,
        subject_kind -> Nullable<Text>,
        subject_id -> Nullable<BigInt>,
        reason -> Nullable<Text>,
        facts -> Nullable<Text>,
        first_serial -> Nullable<BigInt>,
        last_serial -> Nullable<BigInt>,
        stamps -> Nullable<BigInt>,
        from_state -> Nullable<SmallInt>,
        to_state -> Nullable<SmallInt>,
        lot_id -> Nullable<BigInt>,
        is_exact -> Bool,
    }
}

diesel::table! {
    accounts (id) {
        id -> BigInt,
        login -> Text,
        name -> Text,
        role -> Text,
        producer_id -> Nullable<BigInt>,
        print_shop_id -> Nullable<BigInt>,
        email -> Nullable<Text>,
        password_hash -> Nullable<Text>,
        password_is_temporary -> Bool,
        totp_secret -> Nullable<Binary>,
        totp_last_step -> BigInt,
        created_at -> Timestamp,
        disabled_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    devices (token_sha256) {
        token_sha256 -> Text,
        account_id -> BigInt,
        seen_at -> Timestamp,
    }
}

diesel::table! {
    sessions (token_sha256) {
        token_sha256 -> Text,
        account_id -> BigInt,
        gave_code -> Bool,
        created_at -> Timestamp,
        seen_at -> Timestamp,
        confirmed_at -> Timestamp,
        enrolment_secret -> Nullable<Binary>,
    }
}

diesel::table! {
    api_tokens (id) {
        id -> BigInt,
        account_id -> BigInt,
        name -> Text,
        token_sha256 -> Text,
        rights -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    kept_answers (key_sha256) {
        key_sha256 -> Text,
        account_id -> BigInt,
        request_sha256 -> Text,
        status -> Nullable<SmallInt>,
        location -> Nullable<Text>,
        body -> Nullable<Text>,
        created_at -> Timestamp,
        version -> Nullable<Text>,
    }
}

diesel::table! {
    invitations (token_sha256) {
        token_sha256 -> Text,
        account_id -> BigInt,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    funding_plans (id) {
        id -> BigInt,
        code -> Text,
        stamps_per_product -> Integer,
        active_from -> Date,
        active_to -> Nullable<Date>,
    }
}

diesel::table! {
    quotas (product_id, plan_id) {
        product_id -> BigInt,
        plan_id -> BigInt,
        granted -> Integer,
        used -> Integer,
    }
}

diesel::table! {
    orders (id) {
        id -> BigInt,
        product_id -> BigInt,
        plan_id -> Nullable<BigInt>,
        quantity -> Integer,
        state -> Text,
        idempotency_key -> Nullable<Text>,
        created_at -> Timestamp,
        placed_by -> Nullable<Text>,
        submitted_by -> Nullable<Text>,
        approved_by -> Nullable<Text>,
        wanted_on -> Nullable<Date>,
        replaces_batch -> Nullable<Integer>,
        taken_up_by -> Nullable<Text>,
    }
}

diesel::table! {
    batches (number) {
        number -> Integer,
        order_id -> BigInt,
        product_id -> BigInt,
        recognition_id -> BigInt,
        quantity -> Integer,
        key_id -> Text,
        seed -> Binary,
        host -> Text,
        profile -> Text,
        gtin -> Nullable<Text>,
        product_name -> Text,
        producer_name -> Text,
        stars -> SmallInt,
        prepared_at -> Timestamp,
        issued_at -> Nullable<Timestamp>,
        commune -> Nullable<Text>,
    }
}

diesel::table! {
    lots (id) {
        id -> BigInt,
        product_id -> BigInt,
        code -> Text,
        made_on -> Nullable<Date>,
        use_by -> Nullable<Date>,
        recalled_on -> Nullable<Date>,
        recall_reason -> Nullable<Text>,
        recall_phone -> Nullable<Text>,
    }
}

diesel::table! {
    stamps (serial) {
        serial -> BigInt,
        signature -> Binary,
        state -> SmallInt,
        lot_id -> Nullable<BigInt>,
        activated_at -> Nullable<Timestamp>,
        handed_over -> Bool,
    }
}

diesel::table! {
    batch_tallies (batch_number, state, handed_over) {
        batch_number -> Integer,
        state -> SmallInt,
        handed_over -> Bool,
        stamps -> Integer,
    }
}

diesel::table! {
    print_shops (id) {
        id -> BigInt,
        name -> Text,
        name_key -> Text,
        address -> Nullable<Text>,
        phone -> Nullable<Text>,
        licence_number -> Text,
        licence_ends_on -> Nullable<Date>,
        is_active -> Bool,
        licence_issuer -> Nullable<Text>,
    }
}

diesel::table! {
    print_jobs (batch_number) {
        batch_number -> Integer,
        shop_id -> BigInt,
        state -> Text,
        wanted_on -> Nullable<Date>,
        assigned_by -> Text,
        assigned_at -> Timestamp,
        printed_by -> Nullable<Text>,
        printed_at -> Nullable<Timestamp>,
        printed_stated -> Nullable<Integer>,
        printed_found -> Nullable<Integer>,
        closed_by -> Nullable<Text>,
        closed_at -> Nullable<Timestamp>,
        signed_off -> Nullable<Text>,
    }
}

diesel::table! {
    job_downloads (id) {
        id -> BigInt,
        batch_number -> Integer,
        file -> Text,
        first_sheet -> Nullable<Integer>,
        last_sheet -> Nullable<Integer>,
        downloaded_by -> Text,
        downloaded_at -> Timestamp,
    }
}

diesel::table! {
    hand_overs (id) {
        id -> BigInt,
        batch_number -> Integer,
        minutes -> Text,
        handed_on -> Date,
        stated -> Integer,
        moved -> Integer,
        handed_by -> Text,
        handed_at -> Timestamp,
        received_by -> Nullable<Text>,
        received_at -> Nullable<Timestamp>,
        received_stamps -> Nullable<Integer>,
        receipt_reason -> Nullable<Text>,
    }
}

diesel::table! {
    hand_over_runs (hand_over_id, run) {
        hand_over_id -> BigInt,
        run -> Integer,
        first_serial -> BigInt,
        last_serial -> BigInt,
        stamps -> Integer,
    }
}

diesel::table! {
    sheet_runs (batch_number, layout, design, number, run) {
        batch_number -> Integer,
        layout -> Text,
        design -> Text,
        number -> Integer,
        run -> Integer,
        first_serial -> BigInt,
        last_serial -> BigInt,
        stamps -> Integer,
    }
}

diesel::table! {
    designs (id) {
        id -> BigInt,
        name -> Text,
        version -> Integer,
        sha256 -> Text,
        mark_version -> Text,
        mark_basis -> Text,
        mark_granted_by -> Nullable<Text>,
        mark_until -> Nullable<Date>,
        state -> Text,
        added_by -> Text,
        added_at -> Timestamp,
        submitted_by -> Nullable<Text>,
        submitted_at -> Nullable<Timestamp>,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        decision_reason -> Nullable<Text>,
        withdrawn_by -> Nullable<Text>,
        withdrawn_at -> Nullable<Timestamp>,
        withdrawal_reason -> Nullable<Text>,
    }
}

diesel::table! {
    design_files (design_id, path) {
        design_id -> BigInt,
        path -> Text,
        bytes -> Binary,
    }
}

diesel::table! {
    printings (id) {
        id -> BigInt,
        batch_number -> Integer,
        layout -> Text,
        design_id -> BigInt,
    }
}

diesel::table! {
    download_links (id) {
        id -> BigInt,
        token_sha256 -> Text,
        batch_number -> Integer,
        layout -> Text,
        design -> Text,
        recipient -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    scans (serial) {
        serial -> BigInt,
        scan_count -> BigInt,
        first_at -> Timestamp,
        last_at -> Timestamp,
        day_count -> BigInt,
        last_day -> Date,
    }
}

diesel::table! {
    scan_days (day, batch_number) {
        day -> Date,
        batch_number -> Integer,
        scans -> BigInt,
        warnings -> BigInt,
    }
}

diesel::table! {
    destructions (id) {
        id -> BigInt,
        batch_number -> Integer,
        minutes -> Text,
        destroyed_on -> Date,
        place -> Text,
        witnesses -> Text,
        reason -> Text,
        done_by -> Text,
        done_at -> Timestamp,
        state -> Text,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        decision_reason -> Nullable<Text>,
    }
}

diesel::table! {
    destruction_runs (destruction_id, first_serial) {
        destruction_id -> BigInt,
        first_serial -> BigInt,
        last_serial -> BigInt,
        state -> SmallInt,
        handed_over -> Bool,
        stamps -> Integer,
    }
}

diesel::table! {
    inspections (id) {
        id -> BigInt,
        inspected_on -> Date,
        commune -> Text,
        place -> Text,
        inspected -> Text,
        team -> Text,
        samples -> Nullable<Text>,
        requests -> Nullable<Text>,
        remedy_by -> Nullable<Date>,
        request_key -> Text,
        recorded_by -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    inspection_findings (inspection_id, place) {
        inspection_id -> BigInt,
        place -> Integer,
        kind -> Text,
        first_serial -> BigInt,
        last_serial -> BigInt,
        note -> Nullable<Text>,
    }
}

diesel::table! {
    papers (id) {
        id -> BigInt,
        kind -> Text,
        year -> Integer,
        number -> Integer,
        subject -> BigInt,
        dated -> Date,
        text_sha256 -> Text,
        token_sha256 -> Text,
        file -> Binary,
        made_by -> Text,
        made_at -> Timestamp,
    }
}

diesel::table! {
    paper_figures (paper_id, place) {
        paper_id -> BigInt,
        place -> Integer,
        label -> Text,
        value -> Text,
    }
}

diesel::table! {
    outbox (id) {
        id -> BigInt,
        letter_key -> Text,
        recipient -> Text,
        subject -> Text,
        body -> Text,
        written_at -> Timestamp,
        attempts -> Integer,
        next_attempt_at -> Nullable<Timestamp>,
        sent_at -> Nullable<Timestamp>,
        last_error -> Nullable<Text>,
    }
}

diesel::table! {
    revision (id) {
        id -> Integer,
        number -> BigInt,
    }
}

diesel::table! {
    reports (id) {
        id -> BigInt,
        receipt_sha256 -> Text,
        kind -> Text,
        code -> Nullable<Text>,
        serial -> Nullable<BigInt>,
        product_id -> Nullable<BigInt>,
        seen -> Text,
        bought_at -> Nullable<Text>,
        contact -> Nullable<Text>,
        contact_erased_at -> Nullable<Timestamp>,
        search_text -> Text,
        state -> Text,
        answer -> Nullable<Text>,
        close_reason -> Nullable<Text>,
        reported_at -> Timestamp,
        settled_at -> Nullable<Timestamp>,
    }
}

diesel::joinable!(printings -> designs (design_id));
diesel::joinable!(orders -> products (product_id));
diesel::joinable!(batches -> orders (order_id));
diesel::joinable!(devices -> accounts (account_id));
diesel::joinable!(sessions -> accounts (account_id));
diesel::joinable!(invitations -> accounts (account_id));
diesel::joinable!(api_tokens -> accounts (account_id));
diesel::joinable!(products -> producers (producer_id));
diesel::joinable!(recognitions -> authorities (authority_id));
diesel::joinable!(stamps -> lots (lot_id));
diesel::joinable!(batches -> products (product_id));
diesel::joinable!(batch_tallies -> batches (batch_number));
diesel::joinable!(scan_days -> batches (batch_number));
diesel::joinable!(print_jobs -> batches (batch_number));
diesel::joinable!(print_jobs -> print_shops (shop_id));
diesel::joinable!(hand_over_runs -> hand_overs (hand_over_id));
diesel::joinable!(reports -> products (product_id));

diesel::allow_tables_to_appear_in_same_query!(
    authorities,
    producers,
    products,
    photos,
    recognitions,
    recognition_events,
    judgements,
    judged_recognitions,
    producer_aliases,
    product_aliases,
    audit,
    accounts,
    devices,
    sessions,
    invitations,
    api_tokens,
    kept_answers,
    funding_plans,
    quotas,
    orders,
    batches,
    lots,
    stamps,
    batch_tallies,
    print_shops,
    print_jobs,
    job_downloads,
    hand_overs,
    hand_over_runs,
    sheet_runs,
    designs,
    design_files,
    printings,
    download_links,
    scans,
    scan_days,
    destructions,
    destruction_runs,
    inspections,
    inspection_findings,
    papers,
    paper_figures,
    outbox,
    reports,
    revision
);

diesel::allow_columns_to_appear_in_same_group_by_clause!(
    products::id,
    products::name,
    producers::id,
    producers::name,
    producers::address,
    producers::commune_code,
    batches::stars,
    print_shops::id,
    print_shops::name,
    batch_tallies::state,
    batch_tallies::handed_over,
);
