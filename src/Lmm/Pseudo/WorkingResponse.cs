using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Separation;

namespace MarginalConditional.Lmm.Pseudo;

/// <summary>The working response and weights of a linearization about the current linear predictor.</summary>
internal sealed class WorkingResponse
{
    private readonly ModelFrame frame;
    private readonly Family family;
    private readonly Link link;
    private readonly double[] predictor;
    private readonly double[] response;
    private readonly double[] weights;

    /// <summary>Starts at the family's starting means.</summary>
    public WorkingResponse(ModelFrame frame, PseudoLikelihoodOptions options)
    {
        this.frame = frame;
        family = options.Family;
        link = options.EffectiveLink;
        predictor = new double[frame.Rows];
        response = new double[frame.Rows];
        weights = new double[frame.Rows];
        for (var i = 0; i < predictor.Length; i++)
        {
            predictor[i] = link.Predictor(family.StartingMean(frame.Response[i], Trials(i)));
        }
    }

    /// <summary>Whether one linearization is exact: a normal response with identity link.</summary>
    public bool IsLinear => ReferenceEquals(family, Family.Gaussian) && ReferenceEquals(link, Link.Identity);

    /// <summary>η + (y − μ)/μ′(η), offset included.</summary>
    public ReadOnlySpan<double> Response => response;

    /// <summary>w μ′(η)²/v(μ).</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>Computes both at the current predictor.</summary>
    /// <returns>False when a value is not finite.</returns>
    public bool Linearize()
    {
        for (var i = 0; i < predictor.Length; i++)
        {
            var mean = link.Mean(predictor[i]);
            var slope = link.Derivative(predictor[i]);
            var prior = (frame.Weights.Length == 0 ? 1 : frame.Weights[i]) * Trials(i);
            response[i] = predictor[i] + ((frame.Response[i] - mean) / slope);
            weights[i] = prior * slope * slope / family.Variance(mean);
            if (!link.IsPredictorValid(predictor[i]) || !family.IsMeanValid(mean) || !double.IsFinite(response[i]) || !(weights[i] > 0))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>η = Xβ + Zb + offset of a fit.</summary>
    public void Update(LmmFit fit)
    {
        LinearPredictor.Of(frame, fit.Coefficients, predictor);

        for (var k = 0; k < frame.RandomTerms.Count; k++)
        {
            var term = frame.RandomTerms[k];
            var modes = fit.RandomEffects[k].Modes;
            for (var j = 0; j < term.Dimension; j++)
            {
                var column = term.Column(j);
                for (var i = 0; i < predictor.Length; i++)
                {
                    predictor[i] += column[i] * modes[(term.Groups[i] * term.Dimension) + j];
                }
            }
        }
    }

    /// <summary>
    /// Whether the current predictor is beyond what rounding tells from infinity: every outcome is certain, or one that was seen has no
    /// chance. Linearizations may settle there, about working responses of 1/ε, and mean nothing.
    /// </summary>
    public bool IsBeyondAll()
    {
        if (!RowSides.MayBeInfinite(family, link))
        {
            return false;
        }

        var uncertain = false;
        for (var i = 0; i < predictor.Length; i++)
        {
            var mean = link.Mean(predictor[i]);
            var (variance, residual) = (family.Variance(mean), frame.Response[i] - mean);
            var isCertain = variance < Link.Threshold;
            uncertain |= !isCertain;
            if (isCertain && residual * residual * Link.Threshold > variance)
            {
                return true;
            }
        }

        return !uncertain;
    }

    private double Trials(int row) => frame.Trials.Length == 0 ? 1 : frame.Trials[row];
}
