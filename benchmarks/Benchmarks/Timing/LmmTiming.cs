using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Lmm;
using MarginalConditional.Lmm.Residual;

namespace MarginalConditional.Benchmarks.Timing;

/// <summary>
/// <c>lmm DETAIL FILE</c>: the data sets of benchmarks/peers/lmm.R; DETAIL is <c>sleepstudy</c>,
/// <c>slope</c>, <c>nested</c>, <c>insteval</c>, <c>insteval-ml</c> and <c>million</c> (crossed, on files that
/// benchmarks/peers/crossed.R writes), or a residual structure for the visits of a trial.
/// </summary>
internal sealed class LmmTiming : ITimedMethod
{
    /// <inheritdoc/>
    public string Name => "lmm";

    /// <inheritdoc/>
    public Func<double[]> Prepare(string detail, string path, int threads)
    {
        var (formula, residual) = detail switch
        {
            "sleepstudy" => ("Reaction ~ Days + (Days | Subject)", ResidualStructure.Identity),
            "slope" => ("y ~ arm * t + (t | id)", ResidualStructure.Identity),
            "insteval" or "insteval-ml" => ("y ~ service + (1 | s) + (1 | d) + (1 | dept)", ResidualStructure.Identity),
            "million" => ("y ~ x + (1 | s) + (1 | i)", ResidualStructure.Identity),
            "nested" => ("y ~ x + (1 | hospital/unit/patient)", ResidualStructure.Identity),
            _ => ("y ~ base + arm * factor(visit)", ResidualStructure.TryParse(detail, out var structure)
                ? structure
                : throw new ArgumentException($"There is no timing for \"{detail}\".", nameof(detail))),
        };
        var isTrial = residual != ResidualStructure.Identity;
        var request = new FrameRequest
        {
            Formula = FormulaParser.Parse(formula),
            Cluster = isTrial ? "id" : null,
            Wave = isTrial ? "visit" : null,
            Factors = detail.StartsWith("insteval", StringComparison.Ordinal) ? ["service"] : [],
        };
        var frame = ModelFrameBuilder.Build(DatasetReader.Read(path), request);
        var options = new LmmOptions { Residual = residual, Threads = threads, Restricted = detail != "insteval-ml" };
        return () => LmmFitter.Fit(frame, options).Coefficients.ToArray();
    }
}
