using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Persons;

/// <summary>The thresholds of a comparison in a trial randomized by person. Immutable.</summary>
public sealed record PersonTolerances
{
    /// <summary>The level below which a test counts as a sign. Default 0.05.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>The number of persons in an arm from which standard errors by influence need no remark. Default 30.</summary>
    public int EnoughPersons { get; init; } = 30;

    /// <summary>
    /// The number of persons (for a binary outcome: of the rarer outcome) for each coefficient from which the same holds. Default 10.
    /// </summary>
    public int EnoughForCoefficient { get; init; } = 10;

    /// <summary>The largest number of persons that rows of counts or weights may stand for. Default ten million.</summary>
    public int MostPersons { get; init; } = 10_000_000;

    /// <summary>
    /// The most persons of a leave-one-out standard error that predicts all anew for each; beyond it the closed form. Default 20,000.
    /// </summary>
    public int MostOneStep { get; init; } = 20_000;

    /// <summary>
    /// The share of a column's length outside the span of the columns before it, below which it adds nothing to a design. Default 1e-7.
    /// </summary>
    public double Spanned { get; init; } = 1e-7;

    /// <summary>The relative difference from row to row below which a number is the same in all. Default 1e-9.</summary>
    public double Same { get; init; } = 1e-9;

    /// <summary>All of them, in the order they are shown.</summary>
    public IReadOnlyList<Tolerance> All =>
    [
        new(nameof(Alpha), Alpha, "p below which a test is a sign of a reason"),
        new(nameof(EnoughPersons), EnoughPersons, "persons an arm that need no remark"),
        new(nameof(EnoughForCoefficient), EnoughForCoefficient, "persons or rarer outcomes a coefficient"),
        new(nameof(MostPersons), MostPersons, "persons that counted rows may stand for"),
        new(nameof(MostOneStep), MostOneStep, "persons up to which all is predicted anew"),
        new(nameof(Spanned), Spanned, "share of a column outside the design that is none"),
        new(nameof(Same), Same, "relative difference of rows that is none"),
    ];
}
