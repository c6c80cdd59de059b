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

# What read.csv makes of a text, in less time where all columns are numbers: those of the first row say which are whole.
data_of <- function(csv) {
  line <- function(after) substr(csv, after, after + regexpr("\n", substring(csv, after), fixed = TRUE) - 2)
  header <- line(1)
  first <- strsplit(line(nchar(header) + 2), ",", fixed = TRUE)[[1]]
  names <- strsplit(header, ",", fixed = TRUE)[[1]]
  whole <- grepl("^-?[0-9]{1,9}$", first)
  if (length(first) != length(names) || !all(whole | grepl("^-?[0-9.]+(e-?[0-9]+)?$", first)) || grepl("\"", header, fixed = TRUE)) {
    return(read.csv(text = csv))
  }
  what <- lapply(whole, function(is) if (is) 0L else 0)
  tryCatch(
    {
      data <- scan(text = csv, what = what, sep = ",", skip = 1, quiet = TRUE, multi.line = FALSE)
      names(data) <- make.names(names, unique = TRUE)
      structure(data, class = "data.frame", row.names = .set_row_names(length(data[[1]])))
    },
    error = function(e) read.csv(text = csv))
}

# An answer as a line: numbers, truth values and plain CSV are written here, everything else by jsonlite.
json_of <- function(x) {
  value <- function(v) {
    if (is.character(v) && length(v) == 1 && !is.na(v) && grepl("\n", v, fixed = TRUE) && !grepl("[^ !#-\\[^-~\n]", v, perl = TRUE)) {
      paste0("\"", gsub("\n", "\\n", v, fixed = TRUE), "\"")
    }
    else if (is.double(v) && length(v) == 1 && is.finite(v)) sprintf("%.17g", v)
    else if (is.logical(v) && length(v) == 1 && !is.na(v)) tolower(v)
    else toJSON(v, auto_unbox = TRUE, digits = NA, na = "string")
  }
  paste0("{", paste0('"', names(x), '":', vapply(x, value, ""), collapse = ","), "}")
}
