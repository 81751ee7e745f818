"""Names for made-up comments, drawn by lot before anything was measured.

GIVEN and FAMILY: drawn with the weight they have among people; the RARE lists: drawn only from
names that the lexicon of cx280 leaves out. Kept apart from the lexicon on purpose.
"""

from __future__ import annotations

GIVEN = """
    Adriana Alisa Alyssia Amber Anali Andrew Angelica Anne Antonio Ashley Ashlynn Ava Barbara Beau
    Beth Bobby Brad Brady Brandon Bridger Brittany Bryant Calvin Camila Carissa Carla Carter Casey
    Charles Charlie Cheryl Chloe Christopher Cindy Cody Connie Cynthia Dale Daniel Darlene Darrick
    David Debra Diann Dixie Donna Doris Douglas Dustin Edward Elisabeth Elizabeth Ellis Emanuel
    Eric Erica Esther Eugene Forrest Gabrielle Gary George Ginamarie Glen Harlen Harrison Heather
    Henry Howard Ian Jacky Jacob Jacqueline Janet Jay Jazzlyn Jericho Jesse Jewel Jimmy Joanne
    John Jon Jose Joseph Joshua Joyce Kamron Karen Karl Katherine Kathleen Kathy Kayden Kerri
    Kristopher Lauren Laurie Layne Lewis Liza Lori Luanne Marc Marco Mark Mary Max Megan Melody
    Michael Michell Michelle Mya Nathaniel Owen Parker Patricia Peter Phyllis Rebecca Richard
    Roberta Ruben Santiago Sarah Selena Shelby Sheri Sidney Sophia Stuart Susan Tammie Tanner
    Taylor Terry Theodore Thomas Timothy Tiwana Tracie Tristan Vance Victoria Virginia William
    Zackery Zariah Zemira
"""
GIVEN_RARE = """
    Ziyana Paulita Aurelie Nakyra Jakin Lilybeth Zerenity Shemaiah Laisa Kyanne Ellina Brayn
    Simuel Beula Kamrie Crystalann Chiana Nema Devann Maecy Rishan Fabien Jaleigh Vanissa Latreece
    Deliah Verlean Sausha Gracin Doree Denaja Callee Keanthony Mushka Maurie Shadrach Vernette
    Markeese Tyeler Dorean Slayde Alin Ehab Betti Caio Phelicia Akua Suni Rosine Starlynn Kinzy
    Mariadelosang Matteus Shaely Kelcy Antjuan Alonnah Catalino Julyan Maylea
"""
FAMILY = """
    Adkins Alonso Ausland Axelrad Baird Beasley Berczel Berry Betzel Blessman Bobrowski Braun
    Breaux Bruce Brungard Bujarski Buzzeo Callahan Campbell Canada Carrillo Carroll Clough Cogar
    Cook Cooper Custance Dale Daniels Davenport Davis Deem Derby Desalle Detullio Dix Dollar Dorn
    Duva Edster Elreda Fallin Fauber Feaganes Featherstone Fennig Fissell Fong Frame France Frazee
    Fuentes Gallardo Gamboa Gardner Garrett Gaspard Gatheright Gee Gelo Gloria Gonzalez Gratz Gray
    Gregory Grills Grimes Groene Gruver Gurtin Gwinner Haigh Harris Hoey Hoffman Hong Houston
    Hunley Hurley Ibanez Jackson Jaco James Jefferson Jerabek Johnson Johnston Joncas Keator Kells
    Kersch Kielbasa Kiszka Kruger Krumsiek Kudla Kujawski Lansberry Lawrence Lazarus Lesso Lichter
    Lime Lindabury Lopriore Lowman Maccormack Manley Martin Mattern Mays Mazzara Mcdonell Mcgowan
    Mcintosh Miller Mills Moore Nadelson Nazzaro Nelson Nguyen Nickels Norman Northrup Norton
    Novotny Nugal Ortiz Ouellette Pagett Peralta Perez Pickering Pickett Pierson Plourde Poppe
    Priebe Puckett Rainwater Rakus Reinoehl Rieks Rosales Russell Rutherford Sandvill Santos
    Saucedo Schipper Schmit Schrack Scott Serrato Sigler Spence Stevenson Stiles Stringer
    Surprenant Thomas Thompson Thornton Timm Vasquez Viera Villalta Walter Watson Westrum Wheat
    White Willamson Williams Wood Woodbury Woolcott Woomer Yanez
"""
FAMILY_RARE = """
    Viscarra Riogas Soyars Umbrell Scheppke Priestly Zody Seling Klenke Bellew Kyger Englander
    Ryberg Gahring Koes Dadson Katzen Alejos Swalley Santmyer Durman Duch Soult Dainels Janosko
    Turrubiates Vanbelle Lairson Trimmell Marrinan Grush Stoneham Geiszler Puccinelli Jacobitz
    Kelsoe Monhollen Bednarik Henkensiefken Sockwell Guffy Tarascio Walding Rensch Millerd Cypert
    Guardino Blasetti Holgate Sautter Attleson Heward Holycross Garnow Leicher Gleaton Vassel
    Dorion Lonsinger Nanni Tomkins Teasdale Upwall Derickson Hagin Germann Averhart Labounty
    Runnells Capellan Shiyou Beyah Schwein Schwager Hagle Rehberg Meyerhoff Ruszkowski Stortz
    Wileman
"""
GIVEN_SPANISH = """
    María José Guadalupe Xochitl Héctor Ángela Iván Yolanda Rocío Joaquín Verónica Ignacio Luz
    Rosa Beatriz Sebastián Noemí Ximena Andrés Maribel Óscar Lourdes Rogelio Yesenia Raúl Marisol
    Esperanza Gustavo Itzel Efraín
"""
FAMILY_SPANISH = """
    García Hernández López Martínez Rodríguez Muñoz Peña Ibáñez Cárdenas Villaseñor Quiñones
    Ocampo Zúñiga Echeverría Tapia Arreola Guzmán Castañeda Barragán Delgadillo Flores Reyes
    Montalvo Urrutia Cifuentes Orozco
"""
