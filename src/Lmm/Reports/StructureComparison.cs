using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Residual;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Lmm.Reports;

/// <summary>One residual structure among those compared.</summary>
/// <param name="Structure">The structure.</param>
/// <param name="Fit">Its fit; null when the data cannot carry it.</param>
/// <param name="Problem">Why there is no fit; else empty.</param>
/// <example>
/// <code>
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Lmm;
/// using MarginalConditional.Lmm.Reports;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(
///     data, new FrameRequest { Formula = FormulaParser.Parse("y ~ arm + time"), Cluster = "id", Wave = "time" });
/// var structures = StructureComparison.Of(frame, new LmmOptions());
/// foreach (var row in structures)
/// {
///     Console.WriteLine($"{row.Structure.Name}: {row.Fit?.Aic}");
/// }
/// Console.WriteLine($"best: {StructureComparison.Best(structures)?.Structure.Name}");
/// </code>
/// </example>
public sealed record StructureComparison(ResidualStructure Structure, LmmFit? Fit, string Problem)
{
    /// <summary>Fits every structure with the same mean and random effects.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="options">The options; their structure is ignored.</param>
    /// <returns>In the order of <see cref="ResidualStructure.All"/>. Likelihoods
    /// compare, also restricted ones, since the mean is the same.</returns>
    public static IReadOnlyList<StructureComparison> Of(ModelFrame frame, LmmOptions options)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(options);
        var comparisons = new List<StructureComparison>();
        using var work = LongWork.Begin("residual structures", ResidualStructure.All.Count);
        foreach (var structure in work.Each(ResidualStructure.All))
        {
            try
            {
                comparisons.Add(new StructureComparison(structure, LmmFitter.Fit(frame, options with { Residual = structure }), ""));
            }
            catch (InputException problem)
            {
                comparisons.Add(new StructureComparison(structure, null, problem.Message));
            }
        }

        return comparisons;
    }

    /// <summary>The fit of lowest AIC among those that converged, the first of those that tie; null when none did.</summary>
    public static StructureComparison? Best(IReadOnlyList<StructureComparison> comparisons) =>
        comparisons
            .Where(comparison => comparison.Fit is { Convergence.Converged: true })
            .MinBy(comparison => Math.Round(comparison.Fit!.Aic, 6));
}
