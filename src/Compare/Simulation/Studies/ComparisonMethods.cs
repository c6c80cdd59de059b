using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Statistics.Quadrature;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>Methods of study files that are rows of a comparison.</summary>
internal static class ComparisonMethods
{
    private const string Marginal = "GEE";
    private const string Conditional = "GLMM";

    private static readonly (string Name, GeeVariance Variance)[] Variances =
        [.. GeeVariance.All.Select(variance => (variance.Name, variance))];

    private static readonly (string Name, Estimand Estimand)[] Coefficients =
    [
        .. new[] { Estimand.Conditional, Estimand.Marginalized, Estimand.Marginal, Estimand.MarginalLikelihood }
            .Select(estimand => (estimand.Key, estimand)),
    ];

    private static readonly (string Name, StandardizedErrors Errors)[] Errors =
        [.. StandardizedErrors.All.Select(errors => (errors.Name, errors))];

    /// <summary>The kinds.</summary>
    public static IReadOnlyList<MethodKind> Kinds { get; } =
    [
        new("compare", ["row", "rung", "weighting", "scale", "correlation", "se", "df", "nodes"], section => new ComparisonEstimator
        {
            Name = section.Name,
            Arm = section.Arm,
            Adjust = section.Adjust,
            Row = Row(section),
            Correlation = MarginalMethods.Correlation(section),
            Variance = section.Choice("se", GeeVariance.ManclDeRouen, Variances),
            NormalReference = section.Choice("df", false, [("auto", false), ("normal", true)]),
            Nodes = section.Integer("nodes", 15, 1, GaussHermiteRule.MaximumNodes),
        }),
        new("compare-by-person", ["row", "rung", "scale", "se", "df"], ByPerson),
    ];

    private static PersonComparisonEstimator ByPerson(MethodSection section)
    {
        var method = new PersonComparisonEstimator
        {
            Name = section.Name,
            Arm = section.Arm,
            Adjust = section.Adjust,
            Row = RowByPerson(section),
            Errors = section.Choice("se", StandardizedErrors.Influence, Errors),
            NormalReference = section.Choice("df", false, [("auto", false), ("normal", true)]),
        };
        return method.Errors.IsForPersonsOnly && !method.Row.IsStandardized
            ? throw section.Error(
                "se",
                $"The standard errors \"{method.Errors}\" are of the standardized means, which are rung 3.",
                "Leave out se, or say rung: 3.")
            : method;
    }

    private static PersonRow RowByPerson(MethodSection section)
    {
        var scale = ClusterMethods.Scale(section, EffectMeasure.Difference);
        if (!section.Has("row"))
        {
            return PersonRow.Rung(section.Integer("rung", 3, 1, 3), scale);
        }

        if (section.Has("rung"))
        {
            throw section.Error("row", "The method compare-by-person takes a rung of the ladder or a row, not both.", "Leave one out.");
        }

        var row = section.Choice(
            "row", PersonRow.Conditional, [("conditional", PersonRow.Conditional), ("raw-means", PersonRow.RawMeans(scale))]);
        return row == PersonRow.Conditional && section.Has("scale")
            ? throw section.Error(
                "scale", "The row conditional is a coefficient and has no scale.", "Leave out scale, or take a rung of the ladder.")
            : row;
    }

    private static ComparedRow Row(MethodSection section)
    {
        var weighting = ClusterMethods.Weighting(section, ClusterWeighting.Participant);
        var scale = ClusterMethods.Scale(section, EffectMeasure.Difference);
        if (section.Has("rung"))
        {
            return section.Has("row")
                ? throw section.Error("row", "The method compare takes a rung of the ladder or a row, not both.", "Leave one out.")
                : ComparedRow.Rung(section.Integer("rung", 2, 0, 4), weighting, scale);
        }

        return section.Choice<Func<ComparedRow>>("row", () => ComparedRow.Rung(2, weighting, scale),
        [
            ("standardized-gee", () => ComparedRow.Standardized(Marginal, weighting, scale)),
            ("standardized-glmm", () => ComparedRow.Standardized(Conditional, weighting, scale)),
            .. OrdinalRows.Named.Select(known => (known.Name, (Func<ComparedRow>)(() => OrdinalRow(section, known)))),
            .. Coefficients.Select(known => (known.Name, (Func<ComparedRow>)(() => Coefficient(section, known.Estimand)))),
        ])();
    }

    /// <summary>A standardized number of an ordered outcome, which has no scale but its own.</summary>
    private static ComparedRow OrdinalRow(MethodSection section, OrdinalRows row) => section.Has("scale")
        ? throw section.Error("scale", $"The row {row.Name} has a scale of its own.", "Leave out scale.")
        : row.Of(ClusterMethods.Weighting(section, ClusterWeighting.Participant));

    /// <summary>A coefficient, which is on the scale of the link and averages as its model does.</summary>
    private static ComparedRow Coefficient(MethodSection section, Estimand estimand) =>
        Array.Find(["weighting", "scale"], section.Has) is { } without
            ? throw section.Error(
                without,
                FormattableString.Invariant($"The row {estimand.Key} is a coefficient and has no {without}."),
                $"Leave out {without}, or take a rung of the ladder.")
            : ComparedRow.Coefficient(estimand);
}
