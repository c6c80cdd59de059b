using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Profiling.Tests;

/// <summary>Frames of hospitals from numbers of patients and events: <c>y ~ 1 + (1 | hospital)</c>.</summary>
internal static class Hospitals
{
    public static ModelFrame Frame(params (int Patients, int Events)[] hospitals)
    {
        var n = hospitals.Sum(hospital => hospital.Patients);
        var response = new double[n];
        var groups = new int[n];
        var offsets = new int[hospitals.Length + 1];
        for (var h = 0; h < hospitals.Length; h++)
        {
            offsets[h + 1] = offsets[h] + hospitals[h].Patients;
            groups.AsSpan(offsets[h], hospitals[h].Patients).Fill(h);
            response.AsSpan(offsets[h], hospitals[h].Events).Fill(1);
        }

        return Frame(response, groups, offsets);
    }

    public static ModelFrame Frame(double[] response, int[] groups, int[] offsets)
    {
        var ones = Enumerable.Repeat(1.0, response.Length).ToArray();
        return new ModelFrame(
            new DesignMatrix(response.Length, ["(Intercept)"], ones, ["(Intercept)"]),
            response,
            new Clusters("hospital", offsets, Label))
        {
            RandomTerms = [new RandomTermDesign("hospital", groups, offsets.Length - 1, Label, ["(Intercept)"], ones, correlated: true)],
        };
    }

    public static UnitProfiles Profile(params (int Patients, int Events)[] hospitals) =>
        UnitProfiler.Profile(GlmmFitter.Fit(Frame(hospitals), new GlmmOptions { Family = Family.Binomial }), new ProfileOptions());

    private static string Label(int hospital) => $"hospital {hospital + 1}";
}
