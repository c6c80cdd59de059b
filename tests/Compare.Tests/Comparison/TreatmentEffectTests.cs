using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Data.Coding;

namespace MarginalConditional.Compare.Tests.Comparison;

public sealed class TreatmentEffectTests
{
    [Fact]
    public void Interaction_with_a_number_is_the_effect_per_unit()
    {
        var effects = TreatmentEffect.Find(
            Design(("(Intercept)", "(Intercept)"), ("armB", "arm"), ("time", "time"), ("armB:time", "arm:time")),
            "arm");

        Assert.Equal(["armB", "armB:time"], effects.Select(effect => effect.Name));
        Assert.Equal(["B", "B"], effects.Select(effect => effect.Level));
        Assert.Equal([false, true], effects.Select(effect => effect.IsSlope));
        Assert.Equal(["armB:time"], TreatmentEffect.Primary(effects).Select(effect => effect.Name));
    }

    [Fact]
    public void Interaction_with_a_factor_leaves_the_main_effect_first()
    {
        var effects = TreatmentEffect.Find(Design(("armB", "arm"), ("sexmale", "sex"), ("armB:sexmale", "arm:sex")), "arm");

        Assert.Equal(["sexmale"], effects[1].Partners);
        Assert.Equal(["armB"], TreatmentEffect.Primary(effects).Select(effect => effect.Name));
    }

    [Fact]
    public void Every_level_of_the_treatment_is_an_effect()
    {
        var effects = TreatmentEffect.Find(Design(("armB", "arm"), ("armC", "arm"), ("armored", "armored")), "arm");

        Assert.Equal(["B", "C"], effects.Select(effect => effect.Level));
        Assert.Equal(2, TreatmentEffect.Primary(effects).Count);
    }

    [Fact]
    public void Transformed_and_quoted_treatments_are_found()
    {
        Assert.Single(TreatmentEffect.Find(Design(("I(dose / 10)", "I(dose / 10)"), ("doses", "doses")), "dose"));
        Assert.Single(TreatmentEffect.Find(Design(("`my arm`B", "`my arm`")), "my arm"));
        Assert.Empty(TreatmentEffect.Find(Design(("log(overdose)", "log(overdose)")), "dose"));
    }

    [Fact]
    public void Treatment_second_in_an_interaction_is_found()
    {
        var effect = TreatmentEffect.Find(Design(("time:armB", "time:arm")), "arm")[0];

        Assert.Equal("B", effect.Level);
        Assert.Equal(["time"], effect.Partners);
        Assert.True(effect.IsSlope);
    }

    private static DesignMatrix Design(params (string Name, string Term)[] columns) =>
        new(1, [.. columns.Select(column => column.Name)], new double[columns.Length], [.. columns.Select(column => column.Term)]);
}
