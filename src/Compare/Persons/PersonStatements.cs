using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Comparison.Statements;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Gee;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Persons;

/// <summary>The estimands of a trial by person in the terms of ICH E9(R1): of every rung from conditional to unconditional.</summary>
internal static class PersonStatements
{
    /// <summary>The model and how it is fitted.</summary>
    public const string Method = "generalized linear model by maximum likelihood";

    /// <summary>Those of the rungs; the conditional one alone where the treatment has no arms to set.</summary>
    /// <param name="fit">The model.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="effects">The coefficients of the treatment.</param>
    /// <param name="coefficients">The model's coefficients.</param>
    /// <param name="estimates">What the ladder was made from; null where there is none.</param>
    /// <param name="ladder">The ladder.</param>
    /// <param name="subgroups">The subgroups; null where none were named.</param>
    public static IReadOnlyList<EstimandStatement> Of(
        GeeFit fit,
        PersonOptions options,
        IReadOnlyList<TreatmentEffect> effects,
        CoefficientTable coefficients,
        PersonEstimates? estimates,
        EstimandLadder ladder,
        SubgroupAnalysis? subgroups)
    {
        var trial = options.Trial;
        var subject = new StatementSubject
        {
            Treatment = options.Treatment,
            Levels = estimates?.Levels ?? [],
            Trial = trial,
            Observed = $"those whom the {Wording.Count(estimates?.Model.Persons.Count ?? fit.Frame.Rows)} {trial.Units} stand for (not "
                + "stated further)",
            Variable = fit.Frame.ResponseName,
            Covariates = TreatmentEffect.Covariates(fit.Frame.Design, effects),
            Family = fit.Options.Family,
            Link = fit.Options.EffectiveLink,
            Persons = trial.Units,
            Person = trial.Unit,
        };
        var rungs = new LadderStatements(subject, "generalized linear model", Method).Of(ladder, PersonLadder.PrimaryScale(options));
        return rungs.Count == 0 ? [Conditional(coefficients[effects[0].Column], subject)]
            : [.. rungs, Table(options, ladder, subject), .. Raw(ladder, subject), .. Subgroups(subgroups, subject)];
    }

    /// <summary>The table of standardized means: the last rung on every measure.</summary>
    private static EstimandStatement Table(PersonOptions options, EstimandLadder ladder, StatementSubject subject)
    {
        var last = ladder.Rungs[^1];
        var proportions = options.Family == Statistics.Families.Family.Binomial;
        return subject.Common() with
        {
            Estimand = Estimand.Standardized,
            Rung = last.Rung,
            Name = $"{last.Name}, in the table of standardized means",
            Summary = (proportions ? "risk difference (its inverse: the number needed to treat), risk ratio and odds ratio"
                : "difference and ratio") + $" of the means if all {subject.Persons} had either treatment",
            ConditionalOn = StatementSubject.Held(last.Question),
            AveragedOver = $"{subject.Persons}: each {subject.Person} counts once",
            MissingData = last.Rung == 3 ? "missing completely at random, or at random given treatment and covariates if the model holds"
                : "missing at random given treatment and covariates, if the model holds",
            Estimator = $"{(last.Rung == 3 ? "model-robust standardization" : "standardization")} of the generalized linear model",
            Software = subject.Software(Method, last.StandardErrorType, last.Inference),
        };
    }

    private static IEnumerable<EstimandStatement> Raw(EstimandLadder ladder, StatementSubject subject)
    {
        if (ladder.Sides.Count > 0)
        {
            var (side, errors) = (ladder.Sides[0], ladder.Rungs.First(rung => rung.Rung == ladder.Sides[0].Rung).StandardErrorType);
            yield return subject.Common() with
            {
                Estimand = Estimand.Standardized,
                Rung = side.Rung,
                Name = "unconditional, by the arms' raw means",
                Summary = $"contrast of the means if all {subject.Persons} had either treatment",
                ConditionalOn = StatementSubject.Held(side.Question),
                AveragedOver = $"{subject.Persons}: each {subject.Person} counts once",
                MissingData = "missing completely at random",
                Estimator = "the mean outcome of each arm, without covariates",
                Software = subject.Software("the arms' means", errors, side.Inference),
            };
        }
    }

    private static IEnumerable<EstimandStatement> Subgroups(SubgroupAnalysis? analysis, StatementSubject subject)
    {
        if (analysis is { Subgroups: [{ Ladder.Rungs: [.., var last] }, ..] })
        {
            yield return subject.InSubgroups(analysis, last, Method);
        }
    }

    private static EstimandStatement Conditional(Coefficient row, StatementSubject subject) => subject.Common() with
    {
        Estimand = Estimand.Conditional,
        Name = "conditional on covariates",
        Summary = subject.Covariates.Count == 0 ? subject.CoefficientName
            : $"{subject.CoefficientName} for {subject.Persons} with the same covariates",
        ConditionalOn = subject.Given(null),
        AveragedOver = "no one",
        MissingData = "missing at random given treatment and covariates, if the model holds",
        Estimator = "maximum likelihood of a generalized linear model",
        Software = subject.Software(Method, "influence function", row),
    };
}
