# The commands as functions: a formula, a data frame, and the program's options as arguments.

mc_gee <- function(formula, data, cluster, ...) {
  run("gee", formula, data, c(list(cluster = column(substitute(cluster), data, parent.frame())), list(...)), "mc_fit")
}

mc_glmm <- function(formula, data, ...) run("glmm", formula, data, list(...), "mc_fit")

mc_lmm <- function(formula, data, ...) run("lmm", formula, data, list(...), "mc_fit")

mc_compare <- function(formula, data, cluster = NULL, treatment = NULL, ...) {
  treatment <- column(substitute(treatment), data, parent.frame())
  if (is.null(treatment) && inherits(formula, "formula")) {
    treatment <- all.vars(formula[[length(formula)]])[1]
  }
  cluster <- column(substitute(cluster), data, parent.frame())
  run("compare", formula, data, c(list(cluster = cluster, treatment = treatment), list(...)), "mc_comparison")
}

mc_simulate <- function(study, ...) {
  words <- c("simulate", path.expand(study), option_words(list(...)))
  result(ask(c(words, "--format", "json"))$result, words, NULL, "mc_study")
}

run <- function(command, formula, data, options, class) {
  text <- if (inherits(formula, "formula")) paste(deparse(formula, width.cutoff = 500L), collapse = " ") else formula
  if (inherits(formula, "formula") && "." %in% all.vars(formula)) {
    stop("The formula has a dot: name the columns.", call. = FALSE)
  }
  if (is.character(data) && length(data) == 1) {
    words <- c(command, path.expand(data), text, option_words(options))
    return(result(ask(c(words, "--format", "json"))$result, words, NULL, class))
  }
  new <- if (is.data.frame(options$newdata)) options$newdata
  if (!is.null(new)) options$newdata <- "newdata"
  words <- option_words(options)
  given <- sub("=.*", "", words[which(words == "--order") + 1])
  words <- c(command, "data", text, words, order_words(data, modelled(text, options), given))
  frames <- list(data = data)
  if (!is.null(new)) frames$newdata <- new
  result(ask(c(words, "--format", "json"), lapply(frames, encode))$result, words, frames, class)
}

# The columns whose levels' order means something: those of the formula without its groups, waves, periods, treatments.
modelled <- function(text, options) {
  repeat {
    inner <- sub("\\(([^()|]*)\\|[^()]*\\)", "\\1", text)
    if (identical(inner, text)) break
    text <- inner
  }
  unique(c(
    unlist(regmatches(text, gregexpr("[[:alpha:].][[:alnum:]._]*", text))),
    unlist(options[c("wave", "treatment", "period")])))
}

# A column named by its bare name, a text, or a call such as centre:id.
column <- function(expression, data, frame) {
  if (is.name(expression) && (!is.data.frame(data) || as.character(expression) %in% names(data))) {
    return(as.character(expression))
  }
  if (is.call(expression) && identical(expression[[1]], as.name(":"))) {
    return(paste(all.vars(expression), collapse = ":"))
  }
  value <- eval(expression, frame)
  if (inherits(value, "formula")) {
    return(paste(all.vars(value), collapse = ":"))
  }
  if (is.null(value)) NULL else paste(value, collapse = ":")
}

option_words <- function(options) {
  words <- character()
  for (name in names(options)) {
    flag <- paste0("--", gsub("[._]", "-", name))
    value <- options[[name]]
    if (is.list(value) || !is.null(names(value))) {
      value <- vapply(names(value), function(key) paste0(key, "=", paste(value[[key]], collapse = ",")), "")
    }
    for (one in value) {
      if (identical(one, FALSE)) next
      words <- c(words, flag, if (!identical(one, TRUE)) if (is.numeric(one)) sprintf("%.17g", one) else as.character(one))
    }
  }
  words
}
