using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Properties.Generators;

/// <summary>Generators of whole studies: mechanisms with known parameters, from which any number of trials can be drawn.</summary>
public static class StudyGenerators
{
    private static readonly (Family Family, Link Link)[] Outcomes =
    [
        (Family.Binomial, Link.Logit), (Family.Binomial, Link.Probit), (Family.Poisson, Link.Log), (Family.Gaussian, Link.Identity),
    ];

    /// <summary>
    /// Mechanisms of trials by cluster: binary, count and continuous outcomes, equal and unequal sizes, normal and bridge effects of
    /// clusters. Smaller ones have fewer clusters, no effects, no variance, and one row a cluster.
    /// </summary>
    public static Arbitrary<Mechanism> Mechanisms()
    {
        var sizes = Gen.OneOf<ISizeLaw>(
            Gen.Choose(1, 12).Select(size => (ISizeLaw)SizeLaw.OfSize(size)),
            Gen.Choose(2, 10).Select(mean => (ISizeLaw)SizeLaw.Poisson(mean)),
            Gen.Choose(1, 4).Select(small => (ISizeLaw)SizeLaw.Either(small, 3 * small)));
        var all = from outcome in Gen.Elements(Outcomes)
                  from clusters in Gen.Choose(2, 60)
                  from size in sizes
                  from law in Effects(outcome.Link)
                  from baseline in Tenths(-20, 20)
                  from effect in Tenths(-15, 15)
                  select new Mechanism
                  {
                      Family = outcome.Family,
                      Link = outcome.Link,
                      Clusters = clusters,
                      Size = size,
                      RandomEffect = law,
                      Effects = new TrialEffects { Baseline = baseline, Effect = effect },
                  };
        return Arb.From(all, Smaller);
    }

    /// <summary>Laws of the clusters' effects that a link allows.</summary>
    private static Gen<IEffectLaw> Effects(Link link)
    {
        var normal = Tenths(0, 20).Select(deviation => (IEffectLaw)EffectLaw.Normal(deviation));
        return link == Link.Logit
            ? Gen.OneOf(normal, Tenths(1, 20).Select(deviation => (IEffectLaw)EffectLaw.Bridge(deviation)))
            : normal;
    }

    private static Gen<double> Tenths(int from, int to) => Gen.Choose(from, to).Select(tenths => tenths / 10.0);

    private static IEnumerable<Mechanism> Smaller(Mechanism mechanism)
    {
        for (var clusters = 2; clusters < mechanism.Clusters; clusters *= 2)
        {
            yield return mechanism with { Clusters = clusters };
        }

        if (mechanism.Size.Name != SizeLaw.OfSize(1).Name)
        {
            yield return mechanism with { Size = SizeLaw.OfSize(1) };
        }

        if (mechanism.RandomEffect.StandardDeviation > 0)
        {
            yield return mechanism with { RandomEffect = EffectLaw.Normal(0) };
        }

        if (mechanism.Effects != new TrialEffects())
        {
            yield return mechanism with { Effects = new TrialEffects() };
        }
    }
}
