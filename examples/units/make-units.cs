#:project ../../src/Statistics/Statistics.csproj
#:property RunAnalyzers=false

// Writes units.csv: readmissions of patients in 40 hospital units of very different size.
// Run from the root of the repository: dotnet run examples/units/make-units.cs > examples/units/units.csv
using System.Globalization;
using MarginalConditional.Statistics.Random;

const ulong Seed = 20261122;
const double Intercept = -1.5;
const double PerDecade = 0.25;
const double BetweenUnits = 0.45;
int[] sizes = [25, 40, 60, 100, 150, 200, 300, 500];

Console.Write("unit,age,readmitted\n");
for (var unit = 0; unit < 40; unit++)
{
    var stream = new RandomStream(Seed, 0, (ulong)unit);
    var effect = BetweenUnits * stream.NextNormal();
    for (var patient = 0; patient < sizes[unit % sizes.Length]; patient++)
    {
        var age = Math.Round(Math.Clamp(68 + (12 * stream.NextNormal()), 18, 99));
        var odds = Math.Exp(Intercept + (PerDecade * (age - 68) / 10) + effect);
        var readmitted = stream.NextBernoulli(odds / (1 + odds));
        Console.Write(string.Create(CultureInfo.InvariantCulture, $"U{unit + 1:00},{age},{readmitted}\n"));
    }
}
