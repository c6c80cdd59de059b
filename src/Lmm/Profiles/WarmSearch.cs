using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Optimization;

namespace MarginalConditional.Lmm.Profiles;

/// <summary>
/// Minimizes one function again and again while something in it is held at neighbouring values: each search begins where the one before
/// ended, with the curvature that was there.
/// </summary>
/// <remarks>
/// That saves the differences of a Hessian at either end of each search, most of what a search so near its minimum costs.
/// </remarks>
internal sealed class WarmSearch
{
    private readonly IObjective objective;
    private readonly QuasiNewtonControl control;
    private readonly double[] start;
    private readonly bool keepsCurvature;
    private double[] curvature = [];

    /// <summary>Prepares the searches.</summary>
    /// <param name="objective">The function.</param>
    /// <param name="control">Its thresholds.</param>
    /// <param name="start">Where the first search of a series begins.</param>
    /// <param name="keepsCurvature">Whether a search takes over the curvature of the one before; not where saddles lie on the way, from
    /// which only a curvature of the place leads down.</param>
    public WarmSearch(IObjective objective, QuasiNewtonControl control, double[] start, bool keepsCurvature = true)
    {
        this.keepsCurvature = keepsCurvature;
        this.objective = objective;
        this.control = control;
        this.start = start;
        Last = start;
    }

    /// <summary>Where the last search ended; before the first, the start.</summary>
    public double[] Last { get; private set; }

    /// <summary>Begins another series of neighbouring values.</summary>
    public void Restart()
    {
        Last = start;
        curvature = [];
    }

    /// <summary>Searches from the last place, and where that leads nowhere from the start, with a curvature of its own.</summary>
    public OptimizerResult Minimize()
    {
        var place = Last;
        var result = From(place);
        if (result.Status != ConvergenceStatus.Converged && place != start)
        {
            curvature = [];
            var other = From(start);
            result = other.Value < result.Value || !double.IsFinite(result.Value) ? other : result;
        }

        return result;
    }

    /// <summary>Searches from a place.</summary>
    public OptimizerResult From(double[] place)
    {
        var optimizer = new QuasiNewton(objective, control) { SimilarHessian = curvature };
        var result = optimizer.Minimize(place);
        if (double.IsFinite(result.Value))
        {
            Last = result.Theta;
            curvature = keepsCurvature && result.Status == ConvergenceStatus.Converged ? optimizer.Hessian.ToArray() : [];
        }

        return result;
    }
}
