using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Simulation.Truths;

/// <summary>
/// The population behind a mechanism: means of every kind of rows under every treatment, by enumeration of arms, sizes and places and by
/// quadrature over random effects and covariates. Of one thread.
/// </summary>
internal sealed class Population
{
    private readonly Mechanism mechanism;
    private readonly double[] coefficients;
    private readonly Place[]? places;
    private readonly Dictionary<(bool Treated, int Period), PredictorLaw> effects = [];
    private readonly Dictionary<bool, PredictorLaw> covariates = [];

    /// <summary>Prepares the population of a mechanism.</summary>
    public Population(Mechanism mechanism)
    {
        this.mechanism = mechanism;
        coefficients = mechanism.Design.Coefficients(mechanism.Effects);
        places = PlaceList.Of(mechanism);
    }

    /// <summary>The kinds of rows; empty where they cannot be enumerated.</summary>
    public ReadOnlySpan<Place> Places => places;

    /// <summary>The law of all random effects of a mechanism's row.</summary>
    public static PredictorLaw EffectsOf(Mechanism mechanism, bool treated, int period)
    {
        var own = treated && mechanism.TreatedEffect is { } other ? other : mechanism.RandomEffect;
        return PredictorLaw.WithVariance(own, mechanism.Variation.AddedVariance(treated, period, own.StandardDeviation));
    }

    /// <summary>The law of what a mechanism's covariates add to a row's linear predictor.</summary>
    public static PredictorLaw CovariatesOf(Mechanism mechanism, bool treated) => mechanism.Covariates.Aggregate(
        PredictorLaw.Zero, (sum, covariate) => sum.And(PredictorLaw.Of(covariate.Law, covariate.SlopeOf(treated))));

    /// <summary>Whether the kinds of rows are known: without them nothing else is.</summary>
    public bool IsKnown => places is not null;

    /// <summary>The link.</summary>
    public Link Link => mechanism.Link;

    /// <summary>The ordered outcome; null for every other.</summary>
    public OrdinalOutcome? Ordinal => mechanism.Ordinal;

    /// <summary>The linear predictor of a row as it is observed, at covariates and effects of 0.</summary>
    public double Observed(Place place)
    {
        var treatment = mechanism.Design.Treatment(place.Sequence, place.Row, place.Size);
        return Predictor(place, treatment) + mechanism.Design.Surplus(mechanism.Effects, place.Sequence, place.Row, place.Size);
    }

    /// <summary>Whether a row is treated as it is observed.</summary>
    public bool IsTreated(Place place) => mechanism.Design.Treatment(place.Sequence, place.Row, place.Size) > 0;

    /// <summary>The linear predictor of a row under a treatment, at covariates and effects of 0, without carry-over.</summary>
    public double Predictor(Place place, double treatment)
    {
        Span<double> x = stackalloc double[coefficients.Length];
        mechanism.Design.Fill(treatment, place.Row, place.Size, x);
        var eta = 0.0;
        for (var k = 0; k < x.Length; k++)
        {
            eta += x[k] * coefficients[k];
        }

        return mechanism.SizeDependence.IsNone
            ? eta
            : eta + mechanism.SizeDependence.Gain(place.Size, mechanism.Size.Mean, treatment > 0);
    }

    /// <summary>The law of all random effects of a row.</summary>
    public PredictorLaw Effects(Place place, bool treated)
    {
        var period = mechanism.Design.Period(place.Row, place.Size);
        if (!effects.TryGetValue((treated, period), out var law))
        {
            law = EffectsOf(mechanism, treated, period);
            effects.Add((treated, period), law);
        }

        return law;
    }

    /// <summary>The law of what the covariates add to a row's linear predictor.</summary>
    public PredictorLaw Covariates(bool treated)
    {
        if (!covariates.TryGetValue(treated, out var law))
        {
            law = CovariatesOf(mechanism, treated);
            covariates.Add(treated, law);
        }

        return law;
    }

    /// <summary>The law of effects and covariates together.</summary>
    public PredictorLaw Everything(Place place, bool treated) => mechanism.Covariates.Count == 0
        ? Effects(place, treated)
        : Effects(place, treated).And(Covariates(treated));

    /// <summary>The mean outcome of the population when everybody has a treatment.</summary>
    /// <param name="treatment">Its code.</param>
    /// <param name="byCluster">Whether every cluster counts the same, instead of every participant.</param>
    public double Mean(int treatment, bool byCluster = false) =>
        Average(byCluster, place => Everything(place, treatment > 0).Mean(Link, Predictor(place, treatment)));

    /// <summary>The probabilities that an ordered outcome exceeds each threshold, over a law at a linear predictor.</summary>
    public double[] Above(PredictorLaw law, double predictor) =>
    [
        .. Enumerable.Range(0, mechanism.Ordinal!.Thresholds.Length).Select(k =>
            law.Expect(effect => mechanism.Ordinal.Above(k, predictor + effect))),
    ];

    /// <summary>The probability that the ordered outcome of the population exceeds a threshold when everybody has a treatment.</summary>
    /// <param name="threshold">The threshold, from 0.</param>
    /// <param name="treatment">The treatment's code.</param>
    /// <param name="byCluster">Whether every cluster counts the same, instead of every participant.</param>
    public double Above(int threshold, int treatment, bool byCluster = false) => Average(byCluster, place =>
        Everything(place, treatment > 0).Expect(effect => mechanism.Ordinal!.Above(threshold, Predictor(place, treatment) + effect)));

    /// <summary>The probabilities of the categories of the population's ordered outcome when everybody has a treatment.</summary>
    public double[] Probabilities(int treatment)
    {
        double[] above = [1, .. Enumerable.Range(0, mechanism.Ordinal!.Thresholds.Length).Select(k => Above(k, treatment)), 0];
        return [.. above.Skip(1).Select((next, k) => above[k] - next)];
    }

    /// <summary>The average over the kinds of rows; not a number where they are not known.</summary>
    public double Average(bool byCluster, Func<Place, double> function)
    {
        var (sum, total) = (0.0, 0.0);
        foreach (var place in Places)
        {
            var weight = byCluster ? place.Clusters : place.Participants;
            sum += weight * function(place);
            total += weight;
        }

        return sum / total;
    }
}
