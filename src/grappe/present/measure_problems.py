"""What can be wrong with tables and points to measure, in words; `problems` puts them beside the rest."""

from grappe.present.catalogue import N_

TABLE_PROBLEMS = {
    "unknown_column": N_("is not a column of the table. Columns: {accepted}."),
    "missing_region": N_("has no region. Fill it in."),
    "missing_industry": N_("has no industry. Fill it in."),
    "bad_count": N_("is missing or no count. Write digits, or an interval such as 10-19, <10 or 500+."),
    "negative_count": N_("is negative. A count is zero or more."),
    "bad_coordinate": N_("is missing or no coordinate. Write it in digits."),
    "off_the_globe": N_("is off the globe. A longitude lies in -180 to 180, a latitude in -90 to 90."),
    "outside_box": N_("lies outside the area of the register. Correct the place, or widen --box."),
    "bad_weight": N_("is missing or no weight. Write digits."),
    "negative_weight": N_("is negative. A weight is zero or more."),
    "mixed_encodings": N_(
        "is not {encoding}, though most of the file is. Save the whole file in one encoding, UTF-8 at best."
    ),
    "bad_row": N_("has {found} cells, where the header has {expected}. Quote cells that hold a separator."),
    "bad_quotes": N_("has a quotation mark that is not closed, or stands inside a cell. Write it twice."),
    "no_header": N_("is a row of data, where the names of the columns are expected. Add a header."),
    "rows_left_out": N_("has {count} bad rows, which were left out."),
    "two_groups": N_("is in two groups. Keep it in one."),
    "missing_total": N_("has no row of the total `{total}`. Add it."),
    "unknown_region": N_("is a neighbour and no region of the table. Add it, or take the link out."),
    "self_neighbour": N_("is a neighbour of itself. Take the link out."),
    "repeated_neighbour": N_("has the same neighbour twice. Keep one link."),
    "repeated_region": N_("stands in two rows. Keep one, or add them up."),
    "bad_value": N_("is missing or no number. Write digits."),
    "industry_not_everywhere": N_("is not in every similarity. Give each the same industries."),
    "repeated_industry": N_("stands twice among the industries. Keep one."),
    "bad_similarity": N_("holds something that is no number. Give finite numbers."),
    "differs_in_region": N_("has rows that do not agree on it. Write one value for a region."),
    "not_in_reference": N_("is not in the reference. Write its code alike in both tables."),
}
"""A sentence per code of problem of a table of figures, whose places are rows and columns."""

MEASURE_ERRORS = {
    "table_refused": N_("The table is refused, {count} problem(s); nothing was computed."),
    "rows_refused": N_(
        "{file}: {count} bad row(s), nothing was computed."
        " Correct them, or set them aside with --skip-bad-rows."
    ),
    "file_refused": N_("{path} is refused; nothing was computed."),
    "no_such_file": N_("There is no file {path}."),
    "unknown_format": N_("{path} is not a kind of file that can be read here. Accepted: {accepted}."),
    "unreadable_file": N_("{path} cannot be read: {reason}."),
    "not_parquet": N_("{path} is not a Parquet file. Write it again, or name it .csv if it is text."),
    "not_text": N_("{path} is not text. Save it as CSV, or name it .parquet if it is one."),
    "several_in_zip": N_("{path} does not hold one text file, but: {found}. Unpack the one to read."),
    "not_a_table": N_("A {found} is no table. Give an Ibis table, or one of pandas, polars or Arrow."),
    "empty_table": N_("The table has no row."),
    "all_left_out": N_("{file}: the conditions leave out all {count} rows. Check --where and --preset."),
    "column_not_found": N_("No column looks like the {role}: name it with --{option}. Columns: {columns}."),
    "no_such_column": N_("There is no column `{column}` for the {role}. Columns: {columns}."),
    "choose_level": N_(
        "`{column}` holds several levels, which would count the same jobs several times: {values}."
        " Choose one: --where {column}={first}."
    ),
    "swapped_coordinates": N_(
        "Longitudes and latitudes look exchanged in {count} rows: they fit the other way round."
        " Exchange --lon and --lat."
    ),
    "impossible_unit": N_(
        "The {role} extends over {extent} km if it is read in {unit}: no place on earth is that far from"
        " another. Give --unit m, or --lon and --lat for degrees."
    ),
    "unknown_industry": N_("There is no industry `{industry}`. There are: {accepted}."),
    "not_a_test_result": N_(
        "This is no result of `grappe localise`. Give the file that it wrote. Columns found: {columns}."
    ),
    "bad_condition": N_("`{value}` is no condition. Write COLUMN=VALUE, or COLUMN=VALUE,VALUE."),
    "bad_box": N_("`{value}` is no area. Write west,south,east,north in degrees, such as -10,27,-1,36."),
    "bad_suffix": N_("{name} cannot write `{value}`. End the name of the file with one of: {accepted}."),
    "bad_radii": N_(
        "`{radii}` is no list of radii. Give kilometres above zero, the smallest first, such as 2,5,10."
    ),
    "bad_kind": N_("A figure of kind `{value}` cannot be drawn from this file. Accepted: {accepted}."),
    "missing_industry_option": N_("Which industry? Add --industry with its code. There are: {accepted}."),
    "not_a_result": N_(
        "{path} is no result that can be drawn. Give a file written by `grappe localise`, `spot` or"
        " `measure` with lq or a relatedness. Columns found: {columns}."
    ),
    "not_geojson": N_("{path} is no GeoJSON collection of features."),
    "not_tested": N_("Industry {industry} has no curve to draw: {why} Choose another."),
    "unrelated": N_("No two industries are related in this table: there is no space to draw."),
    "no_spark": N_("Spark is not installed. Install grappe with its extra `spark`, and Java 17 or later."),
    "missing_folder": N_("There is no folder {path}. Make it first."),
    "not_writable": N_("{path} cannot be written. Choose another place, or make it writable."),
    "bad_cell": N_("{cell} is no width of a cell. Give a distance above zero."),
    "bad_radius": N_("{radius} is no radius. Give a distance above zero."),
    "no_radius": N_("Groups by density need a radius. Give one, in km."),
    "radius_too_small": N_("A radius of {radius} is too small for so large an area. Choose a larger one."),
    "too_few_to_group": N_("A group of {count} is none: at least {needed} are needed."),
    "cell_too_wide": N_(
        "Cells of {cell} km are wider than the smallest radius, {radius} km. Make them smaller."
    ),
    "different_types": N_(
        "Column `{column}` is {table} in the table and {reference} in the reference. Make both text."
    ),
    "bad_coordinates": N_(
        "{count} place(s) have no coordinates or lie off the globe; the first, in row {row}, is ({x}, {y})."
        " Correct them, or leave them out."
    ),
    "one_similarity": N_("A table of pairs holds one similarity, and not: {found}. Keep one column."),
    "too_few_points": N_("{count} establishment(s) have no distance between them: {needed} are needed."),
    "no_pair_in_range": N_("No two establishments are within {range}. Ask for larger distances."),
    "no_weight": N_("All weights are zero. Give some weight, or leave the weights out."),
    "bad_bandwidth": N_("{bandwidth} is no bandwidth. Give a distance above zero."),
    "bad_distances": N_(
        "{count} distance(s) are negative or no number, such as {value}. Give numbers from 0 on."
    ),
    "bad_weights": N_(
        "{count} weight(s) are negative or no number; the first, in row {row}, is {value}. Give 0 or more."
    ),
    "shapes_differ": N_(
        "Arrays of the same points differ in length: {x} and {y}. Give one value for each point."
    ),
    "same_industry": N_("With controls, the neighbours are another industry than {industry}. Name it."),
    "too_few_simulations": N_(
        "{simulations} simulations cannot settle a test at this level: at least {needed} are needed."
    ),
    "area_too_large": N_(
        "There would be {cells} cells of {cell} km, more than {limit}. Choose larger cells or a smaller area."
    ),
    "too_few_to_make_up": N_(
        "{establishments} establishments are too few for {industries} industries. Ask for more of them."
    ),
}
"""A sentence per code of error of the library of measures and of its commands."""
