# The protocol for R: answer(NAME, FUNCTION) greets and answers every line with what the function makes of it.
# The function gets the request as a list; its data, where it has some, are request$data.
suppressPackageStartupMessages(library(jsonlite))

answer <- function(name, respond) {
  input <- file("stdin", "r")
  say <- function(x) {
    cat(json_of(x), "\n", sep = "")
    flush(stdout())
  }
  say(list(ready = name))
  while (length(line <- readLines(input, n = 1)) > 0) {
    request <- fromJSON(line, simplifyVector = FALSE)
    if (!is.null(request$csv)) request$data <- data_of(request$csv)
    if (!is.null(request$path)) request$data <- read.csv(request$path)
    set.seed(request$seed)
    warned <- character()
    say(tryCatch(
      withCallingHandlers(
        {
          result <- respond(request)
          if (length(warned) > 0) result$warnings <- as.list(warned)
          result
        },
        warning = function(w) {
          warned <<- c(warned, conditionMessage(w))
          invokeRestart("muffleWarning")
        }),
      error = function(e) list(error = conditionMessage(e))))
  }
}

# A data frame as the text of a CSV file.
csv_of <- function(data) {
  whole <- function(x) if (is.double(x) && !is.object(x) && !anyNA(x) && all(abs(x) < 1e9 & x == trunc(x))) as.integer(x) else x
  lines <- do.call(paste, c(unname(lapply(data, whole)), sep = ","))
  paste0(paste(names(data), collapse = ","), "\n", paste(lines, collapse = "\n"), "\n")
}

# What read.csv makes of a text, in less time where nothing is quoted or empty and all rows are of one length.
data_of <- function(csv) {
  rows <- strsplit(strsplit(csv, "\n", fixed = TRUE)[[1]], ",", fixed = TRUE)
  fields <- unlist(rows)
  columns <- length(rows[[1]])
  if (length(rows) < 2 || any(lengths(rows) != columns) || !all(nzchar(fields)) || grepl("[\"\r]", csv, useBytes = TRUE)) {
    return(read.csv(text = csv))
  }
  places <- seq.int(columns, length(fields) - 1, by = columns)
  data <- lapply(seq_len(columns), function(j) type.convert(fields[places + j], as.is = TRUE))
  names(data) <- make.names(rows[[1]], unique = TRUE)
  structure(data, class = "data.frame", row.names = .set_row_names(length(places)))
}

# An answer as a line: numbers and truth values are written here, everything else by jsonlite.
json_of <- function(x) {
  value <- function(v) {
    if (is.double(v) && length(v) == 1 && is.finite(v)) sprintf("%.17g", v)
    else if (is.logical(v) && length(v) == 1 && !is.na(v)) tolower(v)
    else toJSON(v, auto_unbox = TRUE, digits = NA, na = "string")
  }
  paste0("{", paste0('"', names(x), '":', vapply(x, value, ""), collapse = ","), "}")
}
