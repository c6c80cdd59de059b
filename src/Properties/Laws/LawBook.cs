using MarginalConditional.Data;
using MarginalConditional.Properties.Estimators;

namespace MarginalConditional.Properties.Laws;

/// <summary>All laws of this kit.</summary>
/// <example>
/// <code>
/// using MarginalConditional.Properties.Laws;
///
/// foreach (var law in LawBook.All)
/// {
///     Console.WriteLine($"{law.Name}: {law.Statement}");
/// }
/// </code>
/// </example>
public static class LawBook
{
    /// <summary>The laws, those that ask for least first.</summary>
    public static IReadOnlyList<Law> All { get; } =
    [
        InvarianceLaws.Repeatable,
        InvarianceLaws.RowOrder,
        InvarianceLaws.ClusterLabels,
        InvarianceLaws.ColumnOrder,
        EquivarianceLaws.ReferenceLevel,
        EquivarianceLaws.CovariateUnits,
        EquivarianceLaws.OutcomeUnits,
        EquivarianceLaws.OutcomeScale,
        EquivarianceLaws.Complement,
        ReplicationLaws.TwoCopies,
        EquationLaws.BruteForce,
        new CoverageLaw(),
        EquivarianceLaws.ChangeOfColumns,
        ReplicationLaws.FrequencyWeights,
        EquationLaws.ScoreZero,
        EquationLaws.Gradient,
        MarginalLaws.Between,
        MarginalLaws.Collapsible,
        MarginalLaws.NonCollapsible,
        InvarianceLaws.Threads,
    ];

    /// <summary>A law by its name.</summary>
    /// <exception cref="InputException">There is none of that name.</exception>
    public static Law Named(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(law => law.Name == name)
            ?? throw new InputException(
                $"There is no law \"{Suggestion.Short(name)}\".{Suggestion.Sentence(name, All.Select(law => law.Name))}")
            {
                Hint = $"Laws: {string.Join(", ", All.Select(law => law.Name))}.",
            };
    }

    /// <summary>The laws that are about an estimator.</summary>
    public static IReadOnlyList<Law> For(ITrialEstimator estimator) => [.. All.Where(law => law.WhyOutside(estimator) is null)];

    /// <summary>Tries all laws that are about an estimator.</summary>
    public static IReadOnlyList<LawResult> Check(ITrialEstimator estimator, LawOptions? options = null) =>
        [.. For(estimator).Select(law => law.Check(estimator, options))];
}
