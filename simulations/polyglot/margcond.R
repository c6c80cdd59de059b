# The protocol for R: answer(NAME, FUNCTION) greets and answers every line with what the function makes of it.
# The function gets the request as a list; its data, where it has some, are request$data.
suppressPackageStartupMessages(library(jsonlite))

answer <- function(name, respond) {
  input <- file("stdin", "r")
  say <- function(x) {
    cat(toJSON(x, auto_unbox = TRUE, digits = NA, na = "string"), "\n", sep = "")
    flush(stdout())
  }
  say(list(ready = name))
  while (length(line <- readLines(input, n = 1)) > 0) {
    request <- fromJSON(line)
    if (!is.null(request$csv)) request$data <- read.csv(text = request$csv)
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
  lines <- do.call(paste, c(unname(data), sep = ","))
  paste0(paste(names(data), collapse = ","), "\n", paste(lines, collapse = "\n"), "\n")
}
