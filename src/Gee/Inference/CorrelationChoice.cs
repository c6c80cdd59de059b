using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Correlation;

namespace MarginalConditional.Gee.Inference;

/// <summary>One of several working correlations of the same model and rows, and the criteria that speak for or against it.</summary>
/// <remarks>
/// CIC is the criterion for the correlation (Hin and Wang 2009): it is QIC without the quasi-likelihood, whose noise is far larger than
/// what the structures differ by. Estimates are consistent under each of them, so the choice concerns their standard errors.
/// </remarks>
public sealed record CorrelationChoice
{
    /// <summary>The fit under this structure.</summary>
    public required GeeFit Fit { get; init; }

    /// <summary>Its criteria; null where the fit did not end with a solution.</summary>
    public required InformationCriteria? Criteria { get; init; }

    /// <summary>The structure.</summary>
    public WorkingCorrelation Structure => Fit.Options.Correlation;

    /// <summary>Fits the model under each structure.</summary>
    /// <param name="frame">The rows, with what every structure needs of them.</param>
    /// <param name="options">What else to fit and how; its own structure is passed over.</param>
    /// <param name="structures">The structures, in the order of the result. A decay of time is left out where waves have no times.</param>
    public static IReadOnlyList<CorrelationChoice> Of(ModelFrame frame, GeeOptions options, IReadOnlyList<WorkingCorrelation> structures)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(structures);
        var choices = new List<CorrelationChoice>();
        foreach (var structure in structures.Where(one => one != WorkingCorrelation.Decay || !frame.WaveValues.IsEmpty))
        {
            var fit = GeeFitter.Fit(frame, options with { Correlation = structure });
            choices.Add(new CorrelationChoice
            {
                Fit = fit,
                Criteria = fit.Convergence.Converged ? InformationCriteria.Of(fit) : null,
            });
        }

        return choices.AsReadOnly();
    }
}
