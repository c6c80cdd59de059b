# The program: where it is, and one process of it that is asked again and again.

protocol <- 1

the <- new.env(parent = emptyenv())

install_lines <- paste(
  "Install the program with the .NET 10 SDK (https://dotnet.microsoft.com/download):",
  "    dotnet tool install --global margcond",
  "or name it: Sys.setenv(MARGCOND = \"/path/to/margcond\") (or to margcond.dll).",
  sep = "\n")

# The words that start the program; NULL where it is not there.
program <- function() {
  named <- Sys.getenv("MARGCOND")
  if (nzchar(named)) {
    if (!file.exists(named)) {
      stop("MARGCOND names ", named, ", which is not there.\n", install_lines, call. = FALSE)
    }
    return(if (grepl("\\.dll$", named)) c("dotnet", named) else named)
  }
  found <- unname(Sys.which("margcond"))
  if (nzchar(found)) {
    return(found)
  }
  home <- if (.Platform$OS.type == "windows") Sys.getenv("USERPROFILE") else path.expand("~")
  tool <- file.path(home, ".dotnet", "tools", if (.Platform$OS.type == "windows") "margcond.exe" else "margcond")
  if (file.exists(tool)) tool else NULL
}

mc_available <- function() !is.null(tryCatch(program(), error = function(e) NULL))

mc_version <- function() session()$version

mc_stop <- function() {
  if (!is.null(the$session)) {
    the$session$process$kill()
    the$session <- NULL
  }
  invisible()
}

# The process that all functions share, started where there is none.
session <- function() {
  if (is.null(the$session) || !the$session$process$is_alive()) {
    words <- program()
    if (is.null(words)) {
      stop("The program margcond was not found.\n", install_lines, call. = FALSE)
    }
    process <- processx::process$new(words[1], c(words[-1], "serve"), stdin = "|", stdout = "|", stderr = NULL, encoding = "UTF-8")
    greeting <- tryCatch(jsonlite::fromJSON(read_line(process)), error = function(e) list())
    if (!identical(as.numeric(greeting$protocol), protocol)) {
      process$kill()
      stop("The program that was found does not speak the protocol of this package: update both.\n",
        "    dotnet tool update --global margcond", call. = FALSE)
    }
    the$session <- list(process = process, version = greeting$ready)
    the$number <- 0
  }
  the$session
}

# Runs a command line, with tables in the JSON of the protocol, and returns the answer.
ask <- function(words, tables = NULL) {
  process <- session()$process
  answered <- FALSE
  # Half a conversation (an interrupt): its answer would be taken for that of the next request.
  on.exit(if (!answered) mc_stop())
  the$number <- the$number + 1
  request <- paste0(
    "{\"id\":", the$number, ",\"arguments\":", json_texts(words),
    if (length(tables)) paste0(",\"tables\":{", paste0(json_text(names(tables)), ":", unlist(tables), collapse = ","), "}"),
    "}\n")
  left <- charToRaw(enc2utf8(request))
  while (length(left)) {
    left <- process$write_input(left)
    if (length(left)) Sys.sleep(0.001)
  }
  answer <- jsonlite::fromJSON(read_line(process), simplifyVector = FALSE)
  answered <- TRUE
  if (!is.null(answer$error)) {
    stop(refusal(answer$error, answer$exitCode))
  }
  answer
}

read_line <- function(process) {
  parts <- character()
  repeat {
    process$poll_io(-1)
    part <- process$read_output()
    parts <- c(parts, part)
    if (endsWith(part, "\n")) {
      return(paste(parts, collapse = ""))
    }
    if (!nzchar(part) && !process$is_alive()) {
      stop("The program margcond ended without an answer.", call. = FALSE)
    }
  }
}

# What the program refused, in its own words, as a condition with its parts.
refusal <- function(error, code) {
  place <- c(
    error$file, if (!is.null(error$line)) paste("line", error$line), if (!is.null(error$column)) paste("column", error$column),
    if (!is.null(error$position)) paste("formula, position", error$position))
  text <- paste(c(
    if (length(place)) paste0(paste(place, collapse = ", "), ": ", error$message) else error$message,
    error$hint), collapse = "\n")
  structure(
    class = c("margcond_error", "error", "condition"),
    list(message = text, call = NULL, hint = error$hint, sentence = error$message, exit_code = code))
}

.onUnload <- function(libpath) mc_stop()
