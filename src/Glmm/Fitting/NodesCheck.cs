using System.Globalization;

namespace MarginalConditional.Glmm.Fitting;

/// <summary>Whether more nodes change the log-likelihood at the solution, and what is said where they do.</summary>
internal static class NodesCheck
{
    /// <summary>The warning; null where the log-likelihood is stable, and where there are no more nodes to try.</summary>
    /// <param name="nodes">The nodes a dimension of the fit.</param>
    /// <param name="more">More of them, or as many where more would take too long.</param>
    /// <param name="change">What they change the log-likelihood by; asked only where there are more.</param>
    /// <param name="tolerance">The change that is none.</param>
    /// <param name="cure">What can be done beside using more nodes, such as <c>, or --nodes auto</c>.</param>
    public static string? Sentence(int nodes, int more, Func<double> change, double tolerance, string cure = "")
    {
        if (more <= nodes || change() is var difference && !(Math.Abs(difference) > tolerance))
        {
            return null;
        }

        var unit = nodes == 1 ? "node (the Laplace approximation)" : "nodes";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"With {more} nodes a dimension instead of {nodes} {unit} the log-likelihood at the solution changes by "
                + $"{difference:0.####}; use more --nodes{cure}.");
    }
}
