using MarginalConditional.Compare.Estimands;
using MarginalConditional.Data.Coding;

namespace MarginalConditional.Compare.Comparison.Statements;

/// <summary>Writes the conditional and the marginal estimand of a comparison in the terms of ICH E9(R1).</summary>
internal static class EstimandStatements
{
    public static IReadOnlyList<EstimandStatement> Of(ComparedModels comparison)
    {
        var (frame, options) = (comparison.Frame, comparison.Options);
        var unit = options.Trial.Unit;
        var covariates = Covariates(comparison);
        var summary = ScaleNames.Ratio(comparison.Gee.Options.Family, comparison.Glmm.Link)
            ?? ScaleNames.Coefficient(comparison.Gee.Options.Family, comparison.Glmm.Link);
        var conditional = new EstimandStatement
        {
            Estimand = Estimand.Conditional,
            Treatment = Treatment(comparison),
            Population = options.Trial.Population
                ?? $"those whom the {Wording.Count(frame.Clusters.Count)} values of {frame.Clusters.Name} stand for (not stated further)",
            Variable = frame.ResponseName,
            IntercurrentEvents = options.Trial.IntercurrentEvents ?? "not stated",
            Summary = $"{summary} for one {unit}",
            ConditionalOn =
                $"the {unit} (its random effects){(covariates.Count == 0 ? string.Empty : $", and {string.Join(", ", covariates)}")}",
            MissingData = "missing at random given what was observed, if the model holds",
            Estimator = $"maximum likelihood of a mixed model, "
                + $"{(comparison.Glmm.Nodes == 1 ? "Laplace approximation" : $"adaptive quadrature with {comparison.Glmm.Nodes} nodes")}",
        };
        var marginal = conditional with
        {
            Estimand = Estimand.Marginal,
            Summary = $"{summary} of the means over all {options.Trial.Units}",
            ConditionalOn = covariates.Count == 0 ? "nothing beside the treatment" : $"{string.Join(", ", covariates)}; not the {unit}",
            MissingData = "missing completely at random given the covariates",
            Estimator = $"generalized estimating equations, {comparison.Gee.Correlation.Name} correlation, "
                + $"{comparison.Marginal.Variance.Name} standard errors",
        };
        return [conditional, marginal];
    }

    private static List<string> Covariates(ComparedModels comparison)
    {
        var treatmentColumns = comparison.Effects.Select(effect => effect.Effect.Column).ToHashSet();
        return
        [
            .. comparison.Frame.Design.Terms
                .Where((term, column) => term != DesignMatrix.InterceptName && !treatmentColumns.Contains(column))
                .Distinct(StringComparer.Ordinal),
        ];
    }

    private static string Treatment(ComparedModels comparison)
    {
        var variable = comparison.Options.Treatment;
        if (comparison.Standardized.Count == 0)
        {
            return $"each unit of {variable}";
        }

        var levels = comparison.Standardized[0].Means.Levels;
        return $"{variable}: {string.Join(", ", levels.Skip(1))} against {levels[0]}";
    }
}
