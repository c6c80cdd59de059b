using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Data.Coding;
using MarginalConditional.Gee;

namespace MarginalConditional.Compare.Persons;

/// <summary>The conditional and the unconditional estimand of a trial by person in the terms of ICH E9(R1).</summary>
internal static class PersonStatements
{
    /// <summary>Both; the conditional one alone where the treatment has no arms to set.</summary>
    public static IReadOnlyList<EstimandStatement> Of(
        GeeFit fit, PersonOptions options, IReadOnlyList<TreatmentEffect> effects, PersonEstimates? estimates)
    {
        var columns = effects.Select(effect => effect.Column).ToHashSet();
        List<string> covariates =
        [
            .. fit.Frame.Design.Terms
                .Where((term, column) => term != DesignMatrix.InterceptName && !columns.Contains(column))
                .Distinct(StringComparer.Ordinal),
        ];
        var (family, link, trial) = (fit.Options.Family, fit.Options.EffectiveLink, options.Trial);
        var summary = ScaleNames.Ratio(family, link) ?? ScaleNames.Coefficient(family, link);
        var conditional = new EstimandStatement
        {
            Estimand = Estimand.Conditional,
            Treatment = estimates is null
                ? $"each unit of {options.Treatment}"
                : $"{options.Treatment}: {string.Join(", ", estimates.Levels.Skip(1))} against {estimates.Levels[0]}",
            Population = trial.Population
                ?? $"those whom the {Wording.Count(estimates?.Model.Persons.Count ?? fit.Frame.Rows)} {trial.Units} stand for (not stated "
                + $"further)",
            Variable = fit.Frame.ResponseName,
            IntercurrentEvents = trial.IntercurrentEvents ?? "not stated",
            Summary = covariates.Count == 0 ? summary : $"{summary} for {trial.Units} with the same covariates",
            ConditionalOn = covariates.Count == 0 ? "nothing beside the treatment" : string.Join(", ", covariates),
            MissingData = "missing at random given treatment and covariates, if the model holds",
            Estimator = $"maximum likelihood of a generalized linear model, {family} with {link} link"
                + (estimates is null ? string.Empty : $"; standard errors: {PersonLadder.ErrorType(estimates)}"),
        };
        if (estimates is null)
        {
            return [conditional];
        }

        var (what, set) = (PersonLadder.PrimaryName(options), options.At.Select(pair => $"{pair.Variable} = {pair.Value}").ToList());
        return
        [
            conditional,
            conditional with
            {
                Estimand = Estimand.Standardized,
                Summary = $"{what} of the means if all {trial.Units} had either treatment",
                ConditionalOn = set.Count == 0 ? "nothing beside the treatment" : string.Join(", ", set),
                MissingData = "missing completely at random, or at random given treatment and covariates if the model holds",
                Estimator = "standardization over the covariates of a generalized linear model"
                    + $"{(set.Count == 0 ? ", each arm's mean residual added" : string.Empty)}; "
                    + $"standard errors: {estimates.StandardErrorType}",
            },
        ];
    }
}
