using System.Globalization;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Load.Data;

/// <summary>A trial of any size as a CSV file, the same on every machine.</summary>
internal static class LargeTrial
{
    private const int PeoplePerSite = 100;

    /// <summary>
    /// Writes id, site, trt, time, x, w and the outcomes y (normal), yb (binary), yc (a count) and yo (1 to 4) of people with effects of
    /// their own in sites with effects of their own.
    /// </summary>
    /// <param name="output">Where to.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="size">Rows a person.</param>
    /// <param name="people">People a site.</param>
    public static void Write(TextWriter output, int rows, int size, int people = PeoplePerSite)
    {
        var random = new RandomStream(15, 6, (ulong)rows);
        output.WriteLine("id,site,trt,time,x,w,y,yb,yc,yo");
        double site = 0;
        double person = 0;
        double trt = 0;
        for (var row = 0; row < rows; row++)
        {
            var id = row / size;
            if (row % size == 0)
            {
                site = id % people == 0 ? 0.5 * random.NextNormal() : site;
                person = random.NextNormal();
                trt = random.NextBernoulli(0.5);
            }

            var time = row % size;
            var x = Math.Round(random.NextNormal(), 3);
            var eta = -0.5 + (0.4 * trt) - (0.05 * time) + (0.3 * x) + site + person;
            var noise = random.NextNormal();
            var chance = Math.Clamp(random.NextUniform(), 1e-9, 1 - 1e-9);
            var latent = eta + Math.Log(chance / (1 - chance));
            output.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{id + 1},{(id / people) + 1},{trt:F0},{time},{x:R},{1 + (row % 3)},{eta + noise:F3},{(latent > 0 ? 1 : 0)},"
                    + $"{Math.Floor(Math.Exp(0.3 * eta) + Math.Abs(noise)):F0},"
                    + $"{(latent > 1.5 ? 4 : latent > 0 ? 3 : latent > -1.5 ? 2 : 1)}\n"));
        }
    }
}
