# Data frames as tables of the protocol (CDISC's Dataset-JSON), in which columns are what they are in R.

json_text <- function(texts) {
  texts <- enc2utf8(as.character(texts))
  different <- unique(texts)
  encoded <- vapply(different, function(text) as.character(jsonlite::toJSON(text, auto_unbox = TRUE)), "", USE.NAMES = FALSE)
  encoded[match(texts, different)]
}

json_texts <- function(texts) paste0("[", paste(json_text(texts), collapse = ","), "]")

encode <- function(data, name = "data") {
  if (!is.data.frame(data)) {
    stop("data has to be a data frame, or the name of a file.", call. = FALSE)
  }
  if (anyDuplicated(names(data))) {
    stop("Names of columns have to differ.", call. = FALSE)
  }
  columns <- Map(cells, data, names(data))
  heads <- vapply(seq_along(columns), function(i) {
    label <- attr(data[[i]], "label", exact = TRUE)
    paste0(
      "{\"itemOID\":", json_text(paste0("IT.", names(data)[i])), ",\"name\":", json_text(names(data)[i]),
      ",\"label\":", json_text(if (is.character(label) && length(label) == 1) label else names(data)[i]),
      ",\"dataType\":\"", columns[[i]]$type, "\"}")
  }, "")
  rows <- if (nrow(data)) do.call(paste, c(lapply(columns, `[[`, "cells"), sep = ",")) else character()
  paste0(
    "{\"json\":{\"datasetJSONCreationDateTime\":\"1970-01-01T00:00:00\",\"datasetJSONVersion\":\"1.1.0\",\"itemGroupOID\":\"IG.", name,
    "\",\"records\":", nrow(data), ",\"name\":\"", name, "\",\"label\":\"", name, "\",\"columns\":[", paste(heads, collapse = ","),
    "],\"rows\":[", paste0("[", rows, "]", collapse = if (length(rows)) "," else NULL), "]}}")
}

# One column: its type, and a piece of JSON a row.
cells <- function(column, name) {
  if (is.factor(column) || is.character(column)) {
    texts <- as.character(column)
    return(list(type = "string", cells = ifelse(is.na(texts), "null", json_text(texts))))
  }
  if (is.logical(column)) {
    return(list(type = "string", cells = ifelse(is.na(column), "null", ifelse(column, "\"TRUE\"", "\"FALSE\""))))
  }
  if (inherits(column, "Date")) {
    return(list(type = "date", cells = ifelse(is.na(column), "null", paste0("\"", format(column, "%Y-%m-%d"), "\""))))
  }
  if (!is.numeric(unclass(column)) || !is.null(dim(column)) || is.list(column)) {
    stop("The column ", name, " is of class ", class(column)[1], ", which is neither number, text, factor nor date.", call. = FALSE)
  }
  # Times are seconds here, as they are in R.
  numbers <- as.numeric(unclass(column))
  if (any(is.infinite(numbers))) {
    stop("The column ", name, " holds an infinite number.", call. = FALSE)
  }
  list(type = "double", cells = ifelse(is.na(numbers), "null", sprintf("%.17g", numbers)))
}

# Options that keep the levels of factors, and those that R gives to text, in their order, for the columns that a call models.
order_words <- function(data, modelled, given) {
  words <- character()
  for (name in intersect(setdiff(names(data), given), modelled)) {
    column <- data[[name]]
    if (!is.factor(column) && !is.character(column)) next
    levels <- if (is.factor(column)) levels(droplevels(column)) else levels(factor(column))
    if (length(levels) < 2) next
    odd <- grepl("\"", levels, fixed = TRUE) | levels != trimws(levels) | !nzchar(levels)
    if (any(odd)) {
      stop("The level \"", levels[odd][1], "\" of ", name, " has a quote, or blanks at an end: rename it.", call. = FALSE)
    }
    quoted <- ifelse(grepl(",", levels, fixed = TRUE), paste0("\"", levels, "\""), levels)
    words <- c(words, "--order", paste0(name, "=", paste(quoted, collapse = ",")))
  }
  words
}
