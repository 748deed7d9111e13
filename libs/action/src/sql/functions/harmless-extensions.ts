/**
 * Functions of common extensions that only compute or look: those that the extensions' own scripts declare immutable or stable,
 * and the volatile ones that only look. A name with its schema holds for that schema alone.
 */

export const EXTENSION_FUNCTIONS: readonly string[] = [
  // uuid-ossp, pgcrypto
  `armor crypt dearmor decrypt decrypt_iv digest encrypt encrypt_iv gen_random_bytes gen_salt hmac pgp_key_id pgp_pub_decrypt
   pgp_pub_encrypt pgp_sym_decrypt pgp_sym_decrypt_bytea pgp_sym_encrypt pgp_sym_encrypt_bytea uuid_generate_v1
   uuid_generate_v1mc uuid_generate_v3 uuid_generate_v4 uuid_generate_v5 uuid_generate_v6 uuid_generate_v7 uuid_nil
   uuid_ns_dns uuid_ns_oid uuid_ns_url uuid_ns_x500`,
  // pg_trgm, fuzzystrmatch, unaccent, citext, ltree
  `citext daitch_mokotoff difference dmetaphone dmetaphone_alt lca levenshtein levenshtein_less_equal ltree2text metaphone
   nlevel show_limit show_trgm similarity soundex strict_word_similarity subltree subpath text2ltree unaccent
   word_similarity`,
  // hstore, intarray, cube, earthdistance
  `akeys avals cube cube_dim cube_distance cube_enlarge cube_inter cube_is_point cube_ll_coord cube_union cube_ur_coord
   defined each earth earth_box earth_distance exist gc_to_sec hstore hstore_to_array hstore_to_json hstore_to_json_loose
   hstore_to_jsonb hstore_to_matrix icount idx intset latitude ll_to_earth longitude populate_record sec_to_gc skeys slice
   sort sort_asc sort_desc subarray svals uniq`,
  // vector
  `binary_quantize cosine_distance halfvec hamming_distance inner_product jaccard_distance l1_distance l2_distance
   l2_normalize negative_inner_product sparsevec subvector vector vector_dims vector_norm`,
  // tablefunc, tsm, timescaledb
  `approximate_row_count chunks_detailed_size first histogram hypertable_detailed_size hypertable_size interpolate last locf
   normal_rand show_chunks time_bucket time_bucket_gapfill time_bucket_ng`,
  // PostGIS
  `box2d box3d geography geometry geometrytype postgis_full_version postgis_version st_area st_asbinary st_asewkb st_asewkt
   st_asgeojson st_asgml st_askml st_asmvt st_asmvtgeom st_assvg st_astext st_azimuth st_boundary st_box2d st_buffer
   st_centroid st_closestpoint st_clusterdbscan st_clusterkmeans st_collect st_concavehull st_contains st_containsproperly
   st_convexhull st_coorddim st_coveredby st_covers st_crosses st_curvetoline st_difference st_dimension st_disjoint
   st_distance st_distancesphere st_distancespheroid st_dump st_dumppoints st_dumprings st_dwithin st_endpoint st_envelope
   st_equals st_expand st_extent st_exteriorring st_flipcoordinates st_force2d st_force3d st_generatepoints
   st_geogfromtext st_geogfromwkb st_geohash st_geomcollfromtext st_geometryfromtext st_geometryn st_geometrytype
   st_geomfromewkb st_geomfromewkt st_geomfromgeohash st_geomfromgeojson st_geomfromgml st_geomfromkml st_geomfromtext
   st_geomfromwkb st_hausdorffdistance st_hexagongrid st_interiorringn st_intersection st_intersects st_isclosed
   st_isempty st_isring st_issimple st_isvalid st_isvalidreason st_length st_lengthspheroid st_linefromtext
   st_lineinterpolatepoint st_linelocatepoint st_linemerge st_linesubstring st_locatealong st_m st_makeenvelope
   st_makeline st_makepoint st_makepolygon st_makevalid st_maxdistance st_memunion st_multi st_npoints st_numgeometries
   st_numinteriorrings st_numpoints st_orderingequals st_overlaps st_perimeter st_point st_pointfromtext st_pointn
   st_pointonsurface st_polygon st_polygonfromtext st_project st_relate st_removerepeatedpoints st_reverse st_rotate
   st_scale st_segmentize st_setsrid st_shortestline st_simplify st_simplifypreservetopology st_snap st_snaptogrid
   st_split st_squaregrid st_srid st_startpoint st_subdivide st_symdifference st_tileenvelope st_touches st_transform
   st_translate st_unaryunion st_union st_voronoipolygons st_within st_x st_xmax st_xmin st_y st_ymax st_ymin st_z`,
  // amcheck
  `bt_index_check bt_index_parent_check verify_heapam`,
  // btree_gin
  `gin_enum_cmp gin_numeric_cmp`,
  // btree_gist
  `cash_dist date_dist float4_dist float8_dist gbtreekey16_in gbtreekey16_out gbtreekey2_in gbtreekey2_out gbtreekey32_in
   gbtreekey32_out gbtreekey4_in gbtreekey4_out gbtreekey8_in gbtreekey8_out gbtreekey_var_in gbtreekey_var_out int2_dist
   int4_dist int8_dist interval_dist oid_dist time_dist ts_dist tstz_dist`,
  // citext
  `citext_cmp citext_eq citext_ge citext_gt citext_hash citext_hash_extended citext_larger citext_le citext_lt citext_ne
   citext_pattern_cmp citext_pattern_ge citext_pattern_gt citext_pattern_le citext_pattern_lt citext_smaller citextin
   citextout citextsend`,
  // cube
  `cube_cmp cube_contained cube_contains cube_coord cube_coord_llur cube_eq cube_ge cube_gt cube_in cube_le cube_lt cube_ne
   cube_out cube_overlap cube_send cube_size cube_subset distance_chebyshev distance_taxicab`,
  // dblink
  `dblink_fdw_validator`,
  // earthdistance
  `geo_distance`,
  // file_fdw
  `file_fdw_validator`,
  // fuzzystrmatch
  `text_soundex`,
  // hstore
  `exists_all exists_any fetchval ghstore_in ghstore_out hs_concat hs_contained hs_contains hstore_cmp hstore_eq hstore_ge
   hstore_gt hstore_hash hstore_hash_extended hstore_in hstore_le hstore_lt hstore_ne hstore_out hstore_send
   hstore_to_jsonb_loose hstore_version_diag isdefined isexists slice_array tconvert`,
  // intagg
  `int_array_aggregate int_array_enum`,
  // intarray
  `_int_contained _int_contains _int_different _int_inter _int_overlap _int_same _int_union _intbig_in _intbig_out boolop
   bqarr_in bqarr_out intarray_del_elem intarray_push_array intarray_push_elem intset_subtract intset_union_elem rboolop`,
  // isn
  `btean13cmp btisbn13cmp btisbncmp btismn13cmp btismncmp btissn13cmp btissncmp btupccmp ean13_in ean13_out hashean13 hashisbn
   hashisbn13 hashismn hashismn13 hashissn hashissn13 hashupc isbn isbn13 isbn13_in isbn_in ismn ismn13 ismn13_in ismn_in
   isn_out isneq isnge isngt isnle isnlt isnne issn issn13 issn13_in issn_in upc upc_in`,
  // lo
  `lo_oid`,
  // ltree
  `_lt_q_regex _lt_q_rregex _ltq_extract_regex _ltq_regex _ltq_rregex _ltree_extract_isparent _ltree_extract_risparent
   _ltree_isparent _ltree_r_isparent _ltree_r_risparent _ltree_risparent _ltxtq_exec _ltxtq_extract_exec _ltxtq_rexec
   lquery_in lquery_out lquery_send lt_q_regex lt_q_rregex ltq_regex ltq_rregex ltree_addltree ltree_addtext ltree_cmp
   ltree_eq ltree_ge ltree_gist_in ltree_gist_out ltree_gt ltree_in ltree_isparent ltree_le ltree_lt ltree_ne ltree_out
   ltree_risparent ltree_send ltree_textadd ltxtq_exec ltxtq_in ltxtq_out ltxtq_rexec ltxtq_send`,
  // old_snapshot
  `pg_old_snapshot_time_mapping`,
  // pageinspect
  `brin_metapage_info brin_page_type brin_revmap_data bt_metap bt_page_stats fsm_page_contents gin_metapage_info
   gin_page_opaque_info gist_page_opaque_info hash_bitmap_info hash_metapage_info hash_page_stats hash_page_type
   heap_tuple_infomask_flags page_checksum page_header`,
  // pg_buffercache
  `pg_buffercache_pages`,
  // pg_freespacemap
  `pg_freespace`,
  // pg_trgm
  `gtrgm_in gtrgm_out similarity_dist similarity_op strict_word_similarity_commutator_op
   strict_word_similarity_dist_commutator_op strict_word_similarity_dist_op strict_word_similarity_op
   word_similarity_commutator_op word_similarity_dist_commutator_op word_similarity_dist_op word_similarity_op`,
  // pg_visibility
  `pg_check_frozen pg_check_visible pg_visibility pg_visibility_map pg_visibility_map_summary`,
  // pg_walinspect
  `pg_get_wal_stats pg_get_wal_stats_till_end_of_wal`,
  // pgcrypto
  `pgp_armor_headers pgp_pub_decrypt_bytea pgp_pub_encrypt_bytea`,
  // pgrowlocks
  `pgrowlocks`,
  // pgstattuple
  `pg_relpages pgstatginindex pgstathashindex pgstatindex pgstattuple pgstattuple_approx`,
  // postgres_fdw
  `postgres_fdw_validator`,
  // seg
  `seg_center seg_cmp seg_contained seg_contains seg_different seg_ge seg_gt seg_in seg_inter seg_le seg_left seg_lower seg_lt
   seg_out seg_over_left seg_over_right seg_overlap seg_right seg_same seg_size seg_union seg_upper`,
  // sslinfo
  `ssl_cipher ssl_client_cert_present ssl_client_dn ssl_client_dn_field ssl_client_serial ssl_extension_info ssl_is_used
   ssl_issuer_dn ssl_issuer_field ssl_version`,
  // xml2
  `xml_encode_special_chars xml_valid xpath_bool xpath_list xpath_nodeset xpath_number xpath_string xslt_process`,
  // PostGIS, less often
  `st_3darea st_3dclosestpoint st_3ddfullywithin st_3ddistance st_3ddwithin st_3dextent st_3dintersects st_3dlength
   st_3dlongestline st_3dmakebox st_3dmaxdistance st_3dperimeter st_3dshortestline st_addmeasure st_addpoint st_affine
   st_asencodedpolyline st_asflatgeobuf st_asgeobuf st_ashexewkb st_aslatlontext st_asmarc21 st_astwkb st_asx3d
   st_boundingdiagonal st_buildarea st_chaikinsmoothing st_clipbybox2d st_clusterintersecting st_clusterwithin
   st_collectionextract st_collectionhomogenize st_coverageclean st_coverageinvalidedges st_coveragesimplify
   st_coverageunion st_cpawithin st_delaunaytriangles st_dfullywithin st_distancecpa st_estimatedextent st_filterbym
   st_force3dm st_force3dz st_force4d st_forcecollection st_forcecurve st_forcepolygonccw st_forcepolygoncw st_forcerhr
   st_forcesfs st_frechetdistance st_fromflatgeobuf st_geogfromwkt st_geographyfromtext st_geomcollfromwkb
   st_geometricmedian st_geomfrommarc21 st_geomfromtwkb st_hasarc st_hasm st_hasz st_hexagon st_interpolatepoint
   st_iscollection st_ispolygonccw st_ispolygoncw st_isvaliddetail st_isvalidtrajectory st_largestemptycircle st_length2d
   st_length3d st_letters st_linecrossingdirection st_lineextend st_linefromencodedpolyline st_linefrommultipoint
   st_linefromwkb st_lineinterpolatepoints st_linestringfromwkb st_linetocurve st_locatebetween
   st_locatebetweenelevations st_longestline st_makebox2d st_makepointm st_maximuminscribedcircle st_memcollect st_memsize
   st_minimumboundingcircle st_minimumboundingradius st_minimumclearance st_minimumclearanceline st_minkowskisum
   st_mlinefromtext st_mpointfromtext st_mpolyfromtext st_multilinefromwkb st_multilinestringfromtext
   st_multipointfromtext st_multipolyfromwkb st_ndims st_node st_normalize st_nrings st_numpatches st_offsetcurve
   st_orientedenvelope st_patchn st_perimeter2d st_pointfromgeohash st_pointfromwkb st_pointinsidecircle st_pointm
   st_points st_pointz st_pointzm st_polyfromtext st_polyfromwkb st_polygonize st_quantizecoordinates
   st_reduceprecision st_relatematch st_removepoint st_rotatex st_rotatey st_rotatez st_scroll st_seteffectivearea
   st_setpoint st_sharedpaths st_shiftlongitude st_simplifypolygonhull st_simplifyvw st_square st_summary
   st_swapordinates st_symmetricdifference st_transformpipeline st_transscale st_triangulatepolygon st_voronoilines
   st_wkbtosql st_wkttosql st_wrapx st_zmax st_zmflag st_zmin st_mmax st_mmin find_srid postgis_geos_version
   postgis_lib_version postgis_proj_version postgis_typmod_dims postgis_typmod_srid postgis_typmod_type`,
  // pgrouting, timescaledb toolkit, hypopg, Supabase, pgmq
  `pgr_dijkstra pgr_dijkstracost pgr_astar pgr_connectedcomponents approx_percentile percentile_agg counter_agg gauge_agg
   stats_agg time_weight candlestick_agg hyperloglog distinct_count compressed_chunk_stats chunk_compression_stats
   hypertable_compression_stats hypertable_approximate_size hypertable_index_size chunk_columnstore_stats
   hypopg_create_index hypopg_drop_index hypopg_reset hypopg_list_indexes hypopg_relation_size hypopg_get_indexdef
   citus_version citus_table_size citus_relation_size citus_total_relation_size citus_get_active_worker_nodes
   master_get_active_worker_nodes get_shard_id_for_distribution_column citus_is_coordinator auth.uid auth.jwt auth.role
   auth.email storage.foldername storage.filename storage.extension pgmq.metrics pgmq.metrics_all pgmq.list_queues`,
];
